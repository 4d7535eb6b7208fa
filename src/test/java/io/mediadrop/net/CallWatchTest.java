package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.concurrent.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallWatchTest {

  private static final Duration LOOK = Duration.ofMillis(10);

  private final CallWatch calls = new CallWatch("test-watch");
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private final Cancellable call = () -> cancelled.incrementAndGet() > 0;

  @AfterEach
  void stop() {
    calls.stop();
  }

  private String afterThreeLooks() {
    int look = looks.incrementAndGet();
    return look > 3 ? "it took " + look + " looks" : null;
  }

  @Test
  void breaksACallOffAndSaysWhyAtFirst() {
    try (CallWatch.Watch watch = calls.over(call, LOOK, this::afterThreeLooks)) {
      IOException failure = new IOException("aborted");
      assertThat(watch.explained(failure)).isSameAs(failure);

      Awaitility.await().until(() -> looks.get() > 5);

      assertThat(cancelled).hasPositiveValue();
      assertThat(watch.isBrokenOff()).isTrue();
      assertThat(watch.explained(failure)).hasMessage("it took 4 looks").hasCause(failure);
    }
  }

  @Test
  void leavesACallAloneThatHasEnded() {
    AtomicBoolean ended = new AtomicBoolean();
    calls.over(call, LOOK, () -> ended.get() ? "too late" : null).close();
    ended.set(true);
    try (CallWatch.Watch other = calls.over(() -> true, LOOK, this::afterThreeLooks)) {
      Awaitility.await().until(other::isBrokenOff);
    }

    assertThat(cancelled).hasValue(0);
  }

  @Test
  void breaksOffAllCallsOnceItIsStoppedAlsoThoseThatBeginLater() {
    CallWatch.Watch before = calls.over(call, Duration.ofHours(1), () -> null);
    calls.stop();
    assertThat(cancelled).hasValue(1);
    CallWatch.Watch after = calls.over(call, Duration.ofHours(1), () -> null);
    assertThat(cancelled).hasValue(2);

    before.close();
    after.close();
  }
}
