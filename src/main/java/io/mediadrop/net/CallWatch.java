package io.mediadrop.net;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Breaks off calls that would hold their threads for too long. No time-out of the HTTP client
 * covers more than connecting, or the wait for the next byte of an answer.
 */
public final class CallWatch {

  private final ScheduledThreadPoolExecutor clock;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /** Looks in a thread of this name, which is there while there are calls. */
  public CallWatch(String name) {
    clock =
        new ScheduledThreadPoolExecutor(
            1, new NamedThreads(name), new ThreadPoolExecutor.DiscardPolicy());
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(10, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /**
   * Watches over a call until the watch is closed.
   *
   * @param look how often it is looked after, the first time after that long
   * @param fault why the call is to be broken off now; null if it is not
   */
  public Watch over(Cancellable call, Duration look, Supplier<String> fault) {
    return new Watch(call, look, fault);
  }

  /** Breaks off all calls, now and from now on. */
  public void stop() {
    clock.shutdownNow();
    watches.forEach(watch -> watch.call.cancel());
  }

  /** The watch over one call. */
  public final class Watch implements AutoCloseable {

    private final Cancellable call;
    private final Supplier<String> fault;
    private final Future<?> looks;
    private volatile String brokenOff;

    private Watch(Cancellable call, Duration look, Supplier<String> fault) {
      this.call = call;
      this.fault = fault;
      watches.add(this);
      long nanos = look.toNanos();
      looks = clock.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
      if (clock.isShutdown()) {
        call.cancel();
      }
    }

    private void look() {
      String why = fault.get();
      if (why != null) {
        brokenOff = brokenOff == null ? why : brokenOff;
        call.cancel();
      }
    }

    /** Whether the call was broken off here. */
    public boolean isBrokenOff() {
      return brokenOff != null;
    }

    /** The failure of the call, in words that say so if it was broken off here. */
    public IOException explained(IOException failure) {
      return brokenOff == null ? failure : new IOException(brokenOff, failure);
    }

    @Override
    public void close() {
      looks.cancel(false);
      watches.remove(this);
    }
  }
}
