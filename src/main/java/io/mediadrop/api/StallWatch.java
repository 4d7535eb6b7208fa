package io.mediadrop.api;

import io.mediadrop.lane.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Breaks off a call whose peer has stopped reading. No time-out of the HTTP client covers sending:
 * without this, such a call would hold its worker for ever. Long before that, it gives the file's
 * place to others.
 */
class StallWatch {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Without a byte for this long, a call keeps nobody else from uploading. */
  private static final Duration STALL = Duration.ofSeconds(5);

  private final Duration patience;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService clock;

  /** Breaks a call off once no byte of its content has moved for this long. */
  StallWatch(Duration patience) {
    this.patience = patience;
  }

  void start() {
    clock = Executors.newSingleThreadScheduledExecutor(new NamedThreads("stall-watch"));
    clock.scheduleWithFixedDelay(
        () -> watches.forEach(Watch::look),
        LOOK.toMillis(),
        LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Breaks off all calls and ends. */
  void stop() {
    clock.shutdownNow();
    watches.forEach(watch -> watch.call.cancel());
  }

  /** Watches over a call until the watch is closed. */
  Watch over(FileRange content, Cancellable call) {
    Watch watch = new Watch(content, call);
    watches.add(watch);
    return watch;
  }

  /** The watch over one call. */
  final class Watch implements AutoCloseable {

    private final FileRange content;
    private final Cancellable call;
    private volatile boolean stalled;
    private boolean still;
    private boolean closed;

    private Watch(FileRange content, Cancellable call) {
      this.content = content;
      this.call = call;
    }

    private void look() {
      // once everything is sent, the time-out for the answer counts
      boolean sending = content.sent() < content.getContentLength();
      long quiet = System.nanoTime() - content.progressAt();
      if (sending && quiet > patience.toNanos()) {
        stalled = true;
        call.cancel();
      }
      note(sending && quiet > STALL.toNanos());
    }

    private synchronized void note(boolean isStill) {
      if (content.place() == null || closed) {
        return;
      }
      if (isStill) {
        content.place().stalls(still);
      } else if (still) {
        content.place().moves();
      }
      still = isStill;
    }

    /** The failure of the call, in words that say so if it was broken off here. */
    IOException explained(IOException failure) {
      return stalled
          ? new IOException(
              "the API has taken no byte for %d s, with %d of %d sent"
                  .formatted(patience.toSeconds(), content.sent(), content.getContentLength()),
              failure)
          : failure;
    }

    @Override
    public synchronized void close() {
      note(false);
      closed = true;
      watches.remove(this);
    }
  }
}
