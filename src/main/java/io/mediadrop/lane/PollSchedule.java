package io.mediadrop.lane;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Polls one lane when something is due there, at once when it is woken, and not otherwise. All
 * lanes share the threads, so that a lane without work costs nothing.
 */
public class PollSchedule extends ServiceSupport implements ScheduledPollConsumerScheduler {

  /** Whatever is said to be due, other lanes have their turn in between. */
  private static final long LEAST_PAUSE = Duration.ofMillis(10).toNanos();

  private CamelContext camelContext;
  private Polls polls;
  private Runnable poll;
  private LongSupplier pause = () -> 0;
  private Future<?> next;
  private long nextAt;
  private boolean started;
  private boolean polling;
  private boolean woken;

  /** Asks this after each poll for how many nanoseconds nothing is due. */
  public void follow(LongSupplier nanosUntilDue) {
    pause = nanosUntilDue;
  }

  /** Polls as soon as a thread is free; another time if a poll is under way. */
  public synchronized void wake() {
    woken = polling;
    wakeIn(0);
  }

  /**
   * Polls after this many nanoseconds at the latest; if a poll is under way, its end asks anew what
   * is due.
   */
  public synchronized void wakeIn(long nanos) {
    long at = System.nanoTime() + nanos;
    if (started && !polling && (next == null || at - nextAt < 0)) {
      cancel();
      nextAt = at;
      next = polls.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
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

  @Override
  public void onInit(Consumer consumer) {
    // the consumer is the task
  }

  @Override
  public void scheduleTask(Runnable task) {
    poll = task;
  }

  @Override
  public synchronized void startScheduler() {
    // a file consumer starts its scheduler twice
    if (!started) {
      started = true;
      wake();
    }
  }

  @Override
  public synchronized void unscheduleTask() {
    started = false;
    cancel();
  }

  @Override
  public synchronized boolean isSchedulerStarted() {
    return started;
  }

  @Override
  protected void doStop() {
    unscheduleTask();
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  public void setPolls(Polls polls) {
    this.polls = polls;
  }
}
