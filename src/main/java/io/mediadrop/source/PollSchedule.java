package io.mediadrop.source;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Polls one lane when something is due there, at once when it is woken, and not otherwise. All
 * lanes share the threads, so that a lane without work costs nothing.
 */
class PollSchedule {

  /** Whatever is said to be due, other lanes have their turn in between. */
  private static final long LEAST_PAUSE = Duration.ofMillis(10).toNanos();

  private final ScheduledExecutorService threads;
  private Runnable poll;
  private LongSupplier pause;
  private Future<?> next;
  private long nextAt;
  private boolean started;
  private boolean polling;
  private boolean woken;

  /** Nothing is polled until it is started. */
  PollSchedule(ScheduledExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Polls as soon as a thread is free, and from then on whenever something is due.
   *
   * @param nanosUntilDue asked after each poll for how many nanoseconds nothing is due
   */
  synchronized void start(Runnable poll, LongSupplier nanosUntilDue) {
    this.poll = poll;
    pause = nanosUntilDue;
    started = true;
    woken = polling;
    wakeIn(0);
  }

  /** Polls no more; a poll under way goes on to its end. */
  synchronized void stop() {
    started = false;
    cancel();
  }

  /**
   * Polls after this many nanoseconds at the latest; if a poll is under way, its end asks anew what
   * is due.
   */
  synchronized void wakeIn(long nanos) {
    long at = System.nanoTime() + nanos;
    if (started && !polling && (next == null || at - nextAt < 0)) {
      cancel();
      nextAt = at;
      next = threads.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void run() {
    synchronized (this) {
      if (!started || polling) {
        return;
      }
      polling = true;
      woken = false;
      next = null;
    }
    try {
      poll.run();
    } finally {
      synchronized (this) {
        polling = false;
        wakeIn(woken ? LEAST_PAUSE : Math.max(LEAST_PAUSE, pause.getAsLong()));
      }
    }
  }

  private void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}
