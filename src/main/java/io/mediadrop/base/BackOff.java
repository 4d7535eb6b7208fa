package io.mediadrop.base;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from a first to a longest one, with jitter. */
public class BackOff {

  private static final int MOST_DOUBLINGS = 20;

  private Duration first;
  private Duration longest;

  /** Waits between these two. */
  public BackOff(Duration first, Duration longest) {
    become(first, longest);
  }

  /** Waits between these two from now on. */
  public final void become(Duration newFirst, Duration newLongest) {
    first = newFirst;
    longest = newLongest;
  }

  /** A time that was doubled so often, if at all, and is no longer than the longest. */
  public static Duration doubled(Duration first, int doublings, Duration longest) {
    long times = 1L << Math.max(0, Math.min(MOST_DOUBLINGS, doublings));
    Duration doubled = first.multipliedBy(times);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  /** The wait after so many attempts before it: between a half and all of the doubled time. */
  public Duration after(int attempts) {
    long bound = doubled(first, attempts, longest).toMillis();
    return Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1));
  }

  /** No wait is longer. */
  public Duration longest() {
    return longest;
  }
}
