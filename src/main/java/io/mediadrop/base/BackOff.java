package io.mediadrop.base;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from a first to a longest one, with jitter. */
public class BackOff {

  private static final int MOST_DOUBLINGS = 20;

  private Duration first;
  private Duration longest;

  /** The wait after so many attempts before it. */
  public Duration after(int attempts) {
    long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, attempts);
    long bound = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1));
  }

  /** No wait is longer. */
  public Duration longest() {
    return longest;
  }

  public void setFirst(String time) {
    first = Quantity.time(time);
  }

  public void setLongest(String time) {
    longest = Quantity.time(time);
  }
}
