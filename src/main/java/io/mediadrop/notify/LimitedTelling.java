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
    // a clock that was set back has told nothing yet
    told.removeIf(time -> time.isAfter(now) || time.isBefore(now.minus(AN_HOUR)));
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
