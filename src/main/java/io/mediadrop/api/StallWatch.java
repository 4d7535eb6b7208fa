package io.mediadrop.api;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Breaks off a call whose peer has stopped reading, or whose answer never comes to its end. No
 * time-out of the HTTP client covers sending, or more of an answer than the next byte: without
 * this, such a call would hold its worker for ever. Long before that, a call that sends a file
 * gives the file's place to others.
 */
class StallWatch {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Without a byte for this long, a call keeps nobody else from uploading. */
  private static final Duration STALL = Duration.ofSeconds(5);

  /** What the API may need to store a large upload before it answers. */
  private static final long BYTES_PER_FURTHER_SECOND = 4 << 20;

  private final Duration patience;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService clock;

  /**
   * Breaks a call off once no byte of its content has moved for this long.
   *
   * @param patience also what an answer may take for a request without much content
   */
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

  /** The time that an answer may take, from the request's last byte to its own. */
  Duration timeToAnswer(HttpEntity content) {
    return patience.plusSeconds(stored(content) / BYTES_PER_FURTHER_SECOND);
  }

  private static long stored(HttpEntity content) {
    if (content instanceof CallAboutFile call) {
      return call.stored();
    }
    return content == null ? 0 : Math.max(0, content.getContentLength());
  }

  /** Watches over a call with this content, if it has any, until the watch is closed. */
  Watch over(HttpEntity content, Cancellable call) {
    FileRange range = content instanceof FileRange file ? file : null;
    Watch watch = new Watch(range, timeToAnswer(content), call);
    watches.add(watch);
    return watch;
  }

  /** The watch over one call. */
  final class Watch implements AutoCloseable {

    private final FileRange content;
    private final Duration timeToAnswer;
    private final Cancellable call;
    private final long begun = System.nanoTime();
    private volatile boolean stalled;
    private volatile boolean unanswered;
    private boolean still;
    private boolean closed;

    private Watch(FileRange content, Duration timeToAnswer, Cancellable call) {
      this.content = content;
      this.timeToAnswer = timeToAnswer;
      this.call = call;
    }

    private void look() {
      boolean sending = content != null && content.sent() < content.getContentLength();
      long quiet = quiet();
      if (sending && quiet > patience.toNanos()) {
        stalled = true;
        call.cancel();
      } else if (!sending && quiet > timeToAnswer.toNanos()) {
        unanswered = true;
        call.cancel();
      }
      note(sending && quiet > STALL.toNanos());
    }

    /**
     * How long nothing was sent; what was before the call, such as a wait for it, is none of it.
     */
    private long quiet() {
      long now = System.nanoTime();
      return content == null ? now - begun : Math.min(now - begun, now - content.progressAt());
    }

    private synchronized void note(boolean isStill) {
      if (content == null || content.place() == null || closed) {
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
      if (stalled) {
        return new IOException(
            "the API has taken no byte for %d s, with %d of %d sent"
                .formatted(patience.toSeconds(), content.sent(), content.getContentLength()),
            failure);
      }
      return unanswered
          ? new IOException(
              "the API's answer was not whole after %d s".formatted(timeToAnswer.toSeconds()),
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
