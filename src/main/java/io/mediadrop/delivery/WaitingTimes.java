package io.mediadrop.delivery;

import io.mediadrop.base.BackOff;
import java.time.Clock;
import java.time.Duration;

/** Decides how long a drop waits after a failure, and how much of that is still to come. */
class WaitingTimes {

  private static final Duration FIRST = Duration.ofSeconds(2);

  private final Clock clock;
  private final Duration maxWait;
  private final BackOff backOff;

  /** No file waits for longer before it is tried again. */
  WaitingTimes(Duration maxWait) {
    this(maxWait, Clock.systemUTC());
  }

  WaitingTimes(Duration maxWait, Clock clock) {
    this.maxWait = maxWait;
    this.clock = clock;
    backOff = new BackOff(FIRST, maxWait);
  }

  /** The wait after so many attempts: doubling with jitter, but at least what the API asks for. */
  Duration after(int attempts, Duration asked) {
    long wait = backOff.after(attempts - 1).toMillis();
    long most = Math.max(maxWait.toMillis(), 1);
    return Duration.ofMillis(Math.max(wait, Math.min(asked.toMillis(), most)));
  }

  /**
   * What remains until this time; nothing if it is further away than anything waits: a clock lies.
   */
  Duration remaining(long dueAt) {
    long left = dueAt - clock.millis();
    return left <= 0 || left > maxWait.toMillis() ? Duration.ZERO : Duration.ofMillis(left);
  }
}
