package io.mediadrop.console;

import io.mediadrop.base.Printable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what callers of the console do wrong, in one line a minute at most, whatever they do: the
 * log is not theirs to fill.
 */
final class CallerLog {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();
  private static final int LONGEST = 200;

  private long last = System.nanoTime() - PAUSE;
  private int untold;

  /** Says it, unless something was said in the last minute; then it is counted. */
  void tell(String what) {
    int before = untoldBefore();
    if (before >= 0) {
      LOG.warn(
          "Console: {}{}",
          Printable.of(what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what),
          before == 0 ? "" : " (and " + before + " times more that something was refused)");
    }
  }

  /** How often nothing was said since the last line; -1 while it is too early for another. */
  private synchronized int untoldBefore() {
    long now = System.nanoTime();
    if (now - last < PAUSE) {
      untold++;
      return -1;
    }
    int before = untold;
    last = now;
    untold = 0;
    return before;
  }
}
