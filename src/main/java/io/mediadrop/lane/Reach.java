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

  /** Since when it cannot be looked at, in UTC, and why, for people; null if it can. */
  public synchronized String trouble() {
    return since == null ? null : "since %s: %s".formatted(since, why);
  }
}
