package io.mediadrop.api;

import io.mediadrop.lane.NamedThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Breaks off a call whose peer has stopped reading. No time-out of the HTTP client covers sending:
 * without this, such a call would hold its worker for ever.
 */
class StallWatch {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Duration patience;
  private final Map<FileRange, Cancellable> calls = new ConcurrentHashMap<>();
  private ScheduledExecutorService clock;

  StallWatch() {
    this(Duration.ofSeconds(60));
  }

  /** Breaks a call off once no byte of its content has moved for this long. */
  StallWatch(Duration patience) {
    this.patience = patience;
  }

  void start() {
    clock = Executors.newSingleThreadScheduledExecutor(new NamedThreads("stall-watch"));
    clock.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Breaks off all calls and ends. */
  void stop() {
    clock.shutdownNow();
    calls.values().forEach(Cancellable::cancel);
  }

  /** Watches over a call until what is returned is run. */
  Runnable over(FileRange content, Cancellable call) {
    calls.put(content, call);
    return () -> calls.remove(content);
  }

  private void look() {
    calls.forEach(
        (content, call) -> {
          // once everything is sent, the time-out for the answer counts
          boolean sending = content.sent() < content.getContentLength();
          if (sending && System.nanoTime() - content.progressAt() > patience.toNanos()) {
            call.cancel();
          }
        });
  }
}
