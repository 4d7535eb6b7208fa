package io.mediadrop.api.pace;

import io.mediadrop.base.BackOff;
import java.time.Duration;

/**
 * Decides how long a connection is left alone after the API has refused calls that came too soon:
 * as long as it asks, and else for one call's time, doubled with each further refusal in a row.
 */
final class Refusals {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private long heardAt = -1;
  private long closedUntil;
  private int inARow;

  /**
   * Notes a refusal.
   *
   * @param sentAt how many calls had been drawn when the refused one was sent
   * @param drawn how many have been drawn now
   * @param perCall nanoseconds in which the connection gets another call
   */
  void add(long sentAt, long drawn, RateHeaders answer, long perCall, long now) {
    if (isOver(sentAt)) {
      inARow++;
    }
    heardAt = drawn;
    long until = now + pause(answer, perCall);
    closedUntil = closedFor(now) == 0 || until - closedUntil > 0 ? until : closedUntil;
  }

  private long pause(RateHeaders answer, long perCall) {
    if (!answer.retryAfter().isZero()) {
      return answer.retryAfter().toNanos();
    }
    if (inARow <= 1) {
      // the bucket is empty, and that is all
      return 0;
    }
    Duration most = answer.reset().isZero() ? LONGEST : answer.reset();
    return BackOff.doubled(Duration.ofNanos(perCall), inARow - 1, most).toNanos();
  }

  /** Whether a call that was sent then says something about the time after the last refusal. */
  boolean isOver(long sentAt) {
    return sentAt > heardAt;
  }

  /** A call was not refused. */
  void wentWell(long sentAt) {
    if (isOver(sentAt)) {
      inARow = 0;
    }
  }

  /** How long no call may be made, in nanoseconds. */
  long closedFor(long now) {
    return heardAt < 0 ? 0 : Math.max(0, closedUntil - now);
  }
}
