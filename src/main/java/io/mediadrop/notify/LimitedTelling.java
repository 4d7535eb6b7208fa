package io.mediadrop.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets something be told at once, but only so often in an hour. */
final class LimitedTelling {

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final int IN_AN_HOUR = 4;

  private final Deque<Instant> told = new ArrayDeque<>();

  /** Whether it is told now. */
  boolean isDue(Instant now) {
    // after a clock was set back far, nothing has been told; who is beside others is a little late
    told.removeIf(time -> Duration.between(time, now).abs().compareTo(AN_HOUR) > 0);
    if (told.size() == IN_AN_HOUR) {
      return false;
    }
    told.add(now);
    return true;
  }

  /** Whether this was the last time for now. */
  boolean isLast() {
    return told.size() == IN_AN_HOUR;
  }
}
