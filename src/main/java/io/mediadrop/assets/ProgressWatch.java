package io.mediadrop.assets;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Breaks off a call that brings too little, from connecting to its last byte: a server that sends a
 * byte now and then would never meet a time-out for a single one.
 */
class ProgressWatch {

  /** What a call has to bring in the time that it is given, in bytes. */
  static final int LEAST = 256 * 1024;

  private static final long LOOK_MILLIS = 200;

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, new NamedThreads("asset-watch"));
  private final Duration patience;
  private final BooleanSupplier stopping;

  /** Breaks calls off that bring less than the least in this time, and all once it is stopping. */
  ProgressWatch(Duration patience, BooleanSupplier stopping) {
    this.patience = patience;
    this.stopping = stopping;
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(1, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /** Watches over a call until the watch is closed. */
  Watch over(Cancellable call) {
    return new Watch(call);
  }

  /** Ends. */
  void stop() {
    clock.shutdownNow();
  }

  /** The watch over one call. */
  final class Watch implements AutoCloseable {

    private final Cancellable call;
    private final Future<?> looks;
    private volatile long brought;
    private volatile String brokenOff;
    private long since = System.nanoTime();
    private long broughtThen;

    private Watch(Cancellable call) {
      this.call = call;
      looks =
          clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** So many bytes have come by now. */
    void brought(long bytes) {
      brought = bytes;
    }

    private void look() {
      if (stopping.getAsBoolean()) {
        breakOff("mediadrop is being stopped");
      } else if (System.nanoTime() - since > patience.toNanos()) {
        if (brought - broughtThen < LEAST) {
          breakOff(
              "it brought %d bytes in %d ms".formatted(brought - broughtThen, patience.toMillis()));
        }
        since = System.nanoTime();
        broughtThen = brought;
      }
    }

    private void breakOff(String why) {
      brokenOff = why;
      call.cancel();
    }

    /** The failure of the call, in words that say so if it was broken off here. */
    IOException explained(IOException failure) {
      return brokenOff == null ? failure : new IOException(brokenOff, failure);
    }

    @Override
    public void close() {
      looks.cancel(false);
    }
  }
}
