package io.mediadrop.api.pace;

import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.Place;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Gives the calls of one connection to those who want to make them, the most urgent first. */
final class RateLimit {

  /** A longer wait is spent in the ledger, where it holds no worker. */
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  /** How often one who waits looks whether it still makes sense. */
  private static final long LOOK = Duration.ofMillis(200).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CallQueue queue = new CallQueue();
  private final LongSupplier nanoTime;
  private final Bucket bucket;
  private final Admissions admissions;

  /** The limit, of which so much is left. */
  RateLimit(Allowance allowance, double level, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    bucket = new Bucket(allowance, level, nanoTime.getAsLong());
    admissions = new Admissions(bucket, queue);
  }

  Allowance allowance() {
    return now(moment -> bucket.allowance());
  }

  void allow(Allowance other) {
    at(moment -> bucket.allow(other, moment));
  }

  /**
   * Returns once a call may be made.
   *
   * @param reservation the calls that are kept for the file; null if none are
   * @param goesOn whether it makes sense to begin something new
   * @param wait begun if the call cannot be made at once
   * @throws NotNow if it would hold the worker for too long
   */
  Bucket.Sent take(
      Priority priority, Reservation reservation, BooleanSupplier goesOn, Place.Wait wait)
      throws InterruptedException, NotNow {
    lock.lockInterruptibly();
    try {
      if (priority == Priority.FOLLOW_UP) {
        spare();
      } else if (reservation == null) {
        await(priority, 1, goesOn, wait);
      } else if (!reservation.use()) {
        int calls = priority == Priority.NEW ? admissions.firstCalls() : 1;
        await(priority, calls, goesOn, wait);
        reservation.draw(calls - 1);
      }
      return bucket.sent(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** Takes a call that no upload wants or may want soon, and waits for none. */
  private void spare() throws NotNow {
    long left = untilSpare(nanoTime.getAsLong());
    if (left > 0) {
      throw new NotNow("calls that no upload wants", Duration.ofNanos(left));
    }
    bucket.draw(1);
  }

  /** Half of what may be made at once is always left to uploads. */
  private long untilSpare(long moment) {
    long burst = bucket.allowance().burst();
    long left = bucket.until((int) Math.min(burst / 2, burst - 1) + 1, moment);
    boolean wanted = !queue.isEmpty() || admissions.isAnyWaiting(moment);
    return wanted ? Math.max(left, LOOK) : left;
  }

  /** Whether a call could be made that no upload wants. */
  boolean canSpare() {
    return now(this::untilSpare) == 0;
  }

  private void await(Priority priority, int calls, BooleanSupplier goesOn, Place.Wait wait)
      throws InterruptedException, NotNow {
    CallQueue.Waiting me = queue.join(priority);
    try {
      long since = nanoTime.getAsLong();
      long left = untilNext(me, calls);
      while (left > 0) {
        refuseLongWait(priority, left, since, goesOn);
        wait.begin();
        changed.awaitNanos(Math.min(left, LOOK));
        left = untilNext(me, calls);
      }
      queue.served(priority);
      bucket.draw(calls);
    } finally {
      queue.leave(me);
      changed.signalAll();
    }
  }

  private long untilNext(CallQueue.Waiting me, int calls) {
    long left = bucket.until(calls, nanoTime.getAsLong());
    return queue.isNext(me) ? left : Math.max(left, LOOK);
  }

  private void refuseLongWait(Priority priority, long left, long since, BooleanSupplier goesOn)
      throws NotNow {
    // at a very low rate the calls of one file alone take longer
    long patience = Math.max(PATIENCE, bucket.timeFor(Admissions.FIRST_CALLS) + LOOK);
    boolean tooLong = left > patience || nanoTime.getAsLong() - since > patience;
    if (tooLong && priority.canWait()) {
      throw new NotNow("the rate limit of the connection", Duration.ofNanos(left));
    }
    if (priority.isNew() && !goesOn.getAsBoolean()) {
      throw new NotNow("that files are taken again", Duration.ZERO);
    }
  }

  /** How long no call at all can be made. */
  Duration closedFor() {
    return now(moment -> Duration.ofNanos(bucket.until(1, moment)));
  }

  /** A call has come to an end; the answer is null where there was none. */
  void ended(Bucket.Sent call, RateHeaders answer) {
    at(
        moment -> {
          bucket.ended(call, answer, moment);
          if (answer != null && answer.refused()) {
            // what files hold was drawn from a bucket that was empty
            bucket.lose(admissions.letGo());
          }
        });
  }

  /** How many files of this lane may be begun: now, or until it asks again. */
  int newUploads(String lane) {
    return now(moment -> admissions.ask(lane, moment));
  }

  /** Keeps the first calls for a file that was admitted; null where there is no limit. */
  Reservation reserve() {
    return now(
        moment ->
            bucket.allowance().isUnlimited()
                ? null
                : admissions.add(new Reservation(this, moment)));
  }

  void release(Reservation reservation) {
    at(
        moment -> {
          admissions.remove(reservation);
          bucket.giveBack(reservation.letGo());
        });
  }

  /** The calls that are left. */
  double level() {
    return now(bucket::level);
  }

  /** How many calls were ever granted. */
  long drawn() {
    return now(moment -> bucket.drawn());
  }

  /** Changes something at one moment, for which others may have waited. */
  private void at(LongConsumer work) {
    now(
        moment -> {
          work.accept(moment);
          changed.signalAll();
          return null;
        });
  }

  /** Looks at one moment, while nobody else does anything. */
  private <T> T now(LongFunction<T> work) {
    lock.lock();
    try {
      return work.apply(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }
}
