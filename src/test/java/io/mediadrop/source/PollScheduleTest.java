package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a lane is polled: as soon as something is due there, and never twice at once. */
class PollScheduleTest {

  private static final long NOTHING_DUE = Long.MAX_VALUE;

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final PollSchedule schedule = new PollSchedule(threads);
  private final AtomicInteger polls = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private void awaitPolls(int count) {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> polls.get() >= count);
  }

  /** Whatever was scheduled for now has run by then. */
  private void awaitWhatIsDue() throws Exception {
    threads.schedule(() -> {}, 50, TimeUnit.MILLISECONDS).get();
  }

  @Test
  void pollsAtTheStartAndThenWhenSomethingIsDue() {
    schedule.start(polls::incrementAndGet, () -> polls.get() < 3 ? 0 : NOTHING_DUE);

    awaitPolls(3);
  }

  @Test
  void restsWhileNothingIsDueUntilItIsWoken() throws Exception {
    schedule.start(polls::incrementAndGet, () -> NOTHING_DUE);
    awaitPolls(1);
    awaitWhatIsDue();
    assertThat(polls).hasValue(1);

    schedule.wakeIn(0);

    awaitPolls(2);
  }

  @Test
  void pollsNoMoreOnceItIsStoppedAndAnewOnceItIsStarted() throws Exception {
    schedule.start(polls::incrementAndGet, () -> NOTHING_DUE);
    awaitPolls(1);
    schedule.stop();
    schedule.wakeIn(0);
    awaitWhatIsDue();
    assertThat(polls).hasValue(1);

    schedule.start(polls::incrementAndGet, () -> NOTHING_DUE);

    awaitPolls(2);
  }

  @Test
  void neverPollsTwiceAtOnce() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    Runnable poll =
        () -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          polls.incrementAndGet();
          await(first);
          underWay.decrementAndGet();
        };
    schedule.start(poll, () -> NOTHING_DUE);
    awaitPolls(1);
    schedule.wakeIn(0);
    schedule.stop();
    schedule.start(poll, () -> NOTHING_DUE);
    awaitWhatIsDue();
    assertThat(polls).hasValue(1);

    first.countDown();

    awaitPolls(2);
    assertThat(most).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void goesOnAfterAPollThatFailed() {
    schedule.start(
        () -> {
          if (polls.incrementAndGet() == 1) {
            throw new IllegalStateException("the first one fails");
          }
        },
        () -> polls.get() < 2 ? 0 : NOTHING_DUE);

    awaitPolls(2);
  }
}
