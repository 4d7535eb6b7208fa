package io.mediadrop.delivery;

import io.mediadrop.base.BackOff;
import io.mediadrop.base.Quantity;
import java.time.Clock;
import java.time.Duration;

/** Decides how long a drop waits after a failure, and how much of that is still to come. */
public class WaitingTimes {

  private static final Duration FIRST = Duration.ofSeconds(2);

  private final Clock clock;
  private Duration maxWait;

  /** Takes its times from the machine's clock. */
  public WaitingTimes() {
    this(Clock.systemUTC());
  }

  WaitingTimes(Clock clock) {
    this.clock = clock;
  }

  /** The wait after so many attempts: doubling with jitter, but at least what the API asks for. */
  Duration after(int attempts, Duration asked) {
    long wait = new BackOff(FIRST, maxWait).after(attempts - 1).toMillis();
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

  /** The longest time that a file waits before it is tried again. */
  public void setMaxWait(String maxWait) {
    this.maxWait = Quantity.time(maxWait);
  }
}
