package io.mediadrop.api.pace;

import io.mediadrop.ledger.RateLevels;
import java.time.Duration;

/**
 * Keeps one connection's calls in the ledger, ahead of time: before some calls are made the ledger
 * says that they were. A process that is killed has therefore never made more than is known, and
 * what was noted and not made is no more than a second's calls.
 */
final class RateMemory {

  private static final double LEAST_AHEAD = 5;

  private final RateLimit limit;
  private final String connectionId;
  private final RateLevels levels;
  private volatile long notedUntil = -1;

  RateMemory(RateLimit limit, String connectionId, RateLevels levels) {
    this.limit = limit;
    this.connectionId = connectionId;
    this.levels = levels;
  }

  /** What is left now of what was noted in an earlier run; a connection never seen has all. */
  static double recall(String connectionId, Allowance allowance, RateLevels levels) {
    double perMilli = allowance.perMinute() / Duration.ofMinutes(1).toMillis();
    return levels
        .last(connectionId)
        .map(level -> level.calls() + level.age().toMillis() * perMilli)
        .orElse((double) allowance.burst());
  }

  /** Notes calls before they are made, unless that was done for this one already. */
  void noteAhead() {
    if (limit.drawn() > notedUntil && !limit.allowance().isUnlimited()) {
      note(Math.max(LEAST_AHEAD, limit.allowance().perMinute() / 60));
    }
  }

  private synchronized void note(double ahead) {
    long drawn = limit.drawn();
    if (drawn > notedUntil) {
      levels.note(connectionId, limit.level() - ahead);
      notedUntil = drawn + (long) ahead;
    }
  }

  /** Notes what is left, because no more calls will be made. */
  synchronized void noteAll() {
    if (notedUntil >= 0 && !limit.allowance().isUnlimited()) {
      levels.note(connectionId, limit.level());
    }
  }
}
