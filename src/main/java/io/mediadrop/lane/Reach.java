package io.mediadrop.lane;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whether the place that a lane watches can be looked at; if not, that is tried again without
 * anybody's doing.
 */
public class Reach {

  private final Clock clock;
  private Instant since;
  private String why;
  private volatile int files = -1;

  /** Nothing is known to be wrong. */
  Reach() {
    this(Clock.systemUTC());
  }

  Reach(Clock clock) {
    this.clock = clock;
  }

  /** The place cannot be looked at, for this reason. */
  public synchronized void lost(String reason) {
    since = since == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : since;
    why = reason;
  }

  /** The place was looked at. */
  public synchronized void found() {
    since = null;
    why = null;
  }

  /** The place was looked at, and so many files were seen in it. */
  public void found(int seen) {
    files = seen;
    found();
  }

  /** How many files were seen at the last look; -1 before the first, and where nobody counts. */
  public int files() {
    return files;
  }

  /** Since when it cannot be looked at, in UTC, and why, for people; null if it can. */
  public synchronized String trouble() {
    return since == null ? null : "since %s: %s".formatted(since, why);
  }
}
