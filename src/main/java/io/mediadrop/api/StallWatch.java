package io.mediadrop.api;

import io.mediadrop.net.CallWatch;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Has a call broken off whose peer has stopped reading, or whose answer never comes to its end.
 * Long before that, a call that sends a file gives the file's place to others.
 */
class StallWatch {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Without a byte for this long, a call keeps nobody else from uploading. */
  private static final Duration STALL = Duration.ofSeconds(5);

  /** What the API may need to store a large upload before it answers. */
  private static final long BYTES_PER_FURTHER_SECOND = 4 << 20;

  private final CallWatch calls = new CallWatch("stall-watch");
  private final Duration patience;

  /**
   * Breaks a call off once no byte of its content has moved for this long.
   *
   * @param patience also what an answer may take for a request without much content
   */
  StallWatch(Duration patience) {
    this.patience = patience;
  }

  /** Breaks off all calls and ends. */
  void stop() {
    calls.stop();
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
    return new Watch(range, timeToAnswer(content), call);
  }

  /** The watch over one call. */
  final class Watch implements AutoCloseable {

    private final FileRange content;
    private final Duration timeToAnswer;
    private final long begun = System.nanoTime();
    private final CallWatch.Watch watch;
    private boolean still;
    private boolean closed;

    private Watch(FileRange content, Duration timeToAnswer, Cancellable call) {
      this.content = content;
      this.timeToAnswer = timeToAnswer;
      watch = calls.over(call, LOOK, this::fault);
    }

    private String fault() {
      boolean sending = content != null && content.sent() < content.getContentLength();
      long quiet = quiet();
      note(sending && quiet > STALL.toNanos());
      if (sending && quiet > patience.toNanos()) {
        return "the API has taken no byte for %d s, with %d of %d sent"
            .formatted(patience.toSeconds(), content.sent(), content.getContentLength());
      }
      return !sending && quiet > timeToAnswer.toNanos()
          ? "the API's answer was not whole after %d s".formatted(timeToAnswer.toSeconds())
          : null;
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
      return watch.explained(failure);
    }

    @Override
    public synchronized void close() {
      note(false);
      closed = true;
      watch.close();
    }
  }
}
