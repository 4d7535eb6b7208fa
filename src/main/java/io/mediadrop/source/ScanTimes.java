package io.mediadrop.source;

import java.time.Duration;

/**
 * When a lane's folder is looked through again: soon after a hint that something has changed there,
 * and without one ever more rarely where hints can be expected. A folder that takes long rests ten
 * times as long.
 */
class ScanTimes {

  /** The longest time that a folder is left to hints. */
  private static final long LONGEST_IDLE = Duration.ofSeconds(10).toNanos();

  /** A file that is being written gives many hints; in this time most are written. */
  private static final long GATHERING = Duration.ofMillis(20).toNanos();

  private static final int REST = 10;

  private final long poll;
  private long gap = GATHERING;
  private long idle;
  private long end;
  private long earliest;
  private long next;

  /**
   * A scan is due at once.
   *
   * @param poll how often a folder is looked through that gives no hints
   * @param now the monotonic time in nanoseconds, as in all methods
   */
  ScanTimes(Duration poll, long now) {
    this.poll = poll.toNanos();
    idle = this.poll;
    end = now - this.poll;
    earliest = now;
    next = now;
  }

  /** How many nanoseconds are left until the next scan; none if it is due. */
  synchronized long untilNext(long now) {
    return Math.max(0, next - now);
  }

  /**
   * Plans the next scan.
   *
   * @param changed whether the folder was not as before
   * @param hinting whether hints come from all of it
   */
  synchronized void scanned(long begun, long ended, boolean changed, boolean hinting) {
    gap = begun - end > poll ? GATHERING : Math.min(Math.max(poll, GATHERING), 2 * gap);
    idle = changed || !hinting ? poll : Math.max(poll, Math.min(LONGEST_IDLE, 2 * idle));
    end = ended;
    long rest = REST * (ended - begun);
    earliest = ended + Math.max(rest, gap);
    next = ended + Math.max(rest, idle);
  }

  /** Notes a hint; true if the next scan is earlier because of it. */
  synchronized boolean hinted(long now) {
    long soon = now + GATHERING;
    long at = soon - earliest > 0 ? soon : earliest;
    boolean earlier = at - next < 0;
    next = earlier ? at : next;
    return earlier;
  }
}
