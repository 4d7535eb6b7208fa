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

  /** A file's first calls: without the second one the first is made in vain. */
  private static final int FIRST_CALLS = 2;

  /** A longer wait is spent in the ledger, where it holds no worker. */
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  /** How often one who waits looks whether it still makes sense. */
  private static final long LOOK = Duration.ofMillis(200).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CallQueue queue = new CallQueue();
  private final Admissions admissions = new Admissions();
  private final LongSupplier nanoTime;
  private final CallBudget budget;
  private volatile Allowance allowance;

  /** The limit, of which so much is left. */
  RateLimit(Allowance allowance, double level, LongSupplier nanoTime) {
    this.allowance = allowance;
    this.nanoTime = nanoTime;
    budget = new CallBudget(allowance, level, nanoTime.getAsLong());
  }

  Allowance allowance() {
    return allowance;
  }

  void allow(Allowance other) {
    at(
        moment -> {
          budget.allow(other, moment);
          allowance = other;
        });
  }

  /**
   * Returns once a call may be made.
   *
   * @param reservation the calls that are kept for the file; null if none are
   * @param goesOn whether it makes sense to begin something new
   * @param wait begun if the call cannot be made at once
   * @throws NotNow if it would hold the worker for too long
   */
  Tokens.Sent take(
      Priority priority, Reservation reservation, BooleanSupplier goesOn, Place.Wait wait)
      throws InterruptedException, NotNow {
    lock.lockInterruptibly();
    try {
      if (priority == Priority.FOLLOW_UP) {
        spare();
      } else if (reservation == null) {
        await(priority, 1, goesOn, wait);
      } else if (!reservation.use()) {
        int calls = priority == Priority.NEW ? firstCalls() : 1;
        await(priority, calls, goesOn, wait);
        reservation.draw(calls - 1);
      }
      return budget.tokens().sent(nanoTime.getAsLong());
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
    budget.tokens().draw(1);
  }

  /** Half of what may be made at once is always left to uploads. */
  private long untilSpare(long moment) {
    long kept = Math.min(allowance.burst() / 2, allowance.burst() - 1);
    long left = budget.until((int) kept + 1, moment);
    boolean wanted =
        !queue.isEmpty() || admissions.promised(moment) > 0 || admissions.isAnyPassedOver(moment);
    return wanted ? Math.max(left, LOOK) : left;
  }

  /** Whether a call could be made that no upload wants. */
  boolean canSpare() {
    return allowance.isUnlimited() || now(this::untilSpare) == 0;
  }

  private int firstCalls() {
    return (int) Math.min(FIRST_CALLS, allowance.burst());
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
      budget.tokens().draw(calls);
    } finally {
      queue.leave(me);
      changed.signalAll();
    }
  }

  private long untilNext(CallQueue.Waiting me, int calls) {
    long left = budget.until(calls, nanoTime.getAsLong());
    return queue.isNext(me) ? left : Math.max(left, LOOK);
  }

  private void refuseLongWait(Priority priority, long left, long since, BooleanSupplier goesOn)
      throws NotNow {
    // at a very low rate the calls of one file alone take longer
    long patience = Math.max(PATIENCE, budget.timeFor(FIRST_CALLS) + LOOK);
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
    return now(moment -> Duration.ofNanos(budget.until(1, moment)));
  }

  /** A call has come to an end; the answer is null where there was none. */
  void ended(Tokens.Sent call, RateHeaders answer) {
    at(
        moment -> {
          budget.tokens().ended(moment);
          if (answer != null && !budget.answered(call, answer, moment)) {
            budget.tokens().lose(admissions.letGo());
          }
          changed.signalAll();
        });
  }

  /** How many files of this lane may be begun: now, or until it asks again. */
  int newUploads(String lane) {
    if (allowance.isUnlimited()) {
      return Integer.MAX_VALUE;
    }
    return now(
        moment -> {
          long ahead = admissions.ask(lane, moment);
          return admissions.answer(lane, newUploads(ahead, moment), moment);
        });
  }

  private int newUploads(long ahead, long moment) {
    int promised = admissions.promised(moment);
    double calls = budget.within(ahead, moment);
    boolean turn = calls > 0 && promised == 0 && queue.isTurnOfNew();
    return (int) Math.max(turn ? 1 : 0, (calls - queue.others()) / firstCalls() - promised);
  }

  /** Keeps the first calls for a file that was admitted. */
  Reservation reserve() {
    return now(moment -> admissions.add(new Reservation(this, moment)));
  }

  void release(Reservation reservation) {
    at(
        moment -> {
          admissions.remove(reservation);
          budget.tokens().giveBack(reservation.letGo());
          changed.signalAll();
        });
  }

  /** The calls that are left. */
  double level() {
    return now(budget.tokens()::level);
  }

  /** How many calls were ever granted. */
  long drawn() {
    return now(moment -> budget.tokens().drawn());
  }

  /** Does something at one moment, while nobody else does anything. */
  private <T> T now(LongFunction<T> work) {
    lock.lock();
    try {
      return work.apply(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  private void at(LongConsumer work) {
    now(
        moment -> {
          work.accept(moment);
          return null;
        });
  }
}
