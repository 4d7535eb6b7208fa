package io.mediadrop.api.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsOfOneConnectionTest {

  private static final BooleanSupplier RUNNING = () -> true;
  private static final BooleanSupplier STOPPING = () -> false;
  private static final Place.Wait NOWHERE = new Place.Wait(null);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong now = new AtomicLong();
  private final List<Priority> served = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private RateLimit limit(double level) {
    return new RateLimit(new Allowance(60, 90), level, now::get);
  }

  private static void refuse(RateLimit limit, int seconds) throws Exception {
    Bucket.Sent call = limit.take(Priority.ENDING, null, RUNNING, NOWHERE);
    limit.ended(call, new RateHeaders(true, -1, Duration.ofSeconds(seconds), Duration.ZERO));
  }

  /** Queues up for a call, and does not come back before it is in the queue. */
  private void join(RateLimit limit, Priority priority) {
    Thread thread =
        new Thread(
            () -> {
              try {
                limit.take(priority, null, RUNNING, NOWHERE);
                served.add(priority);
              } catch (InterruptedException | NotNow e) {
                // the test is over, or finds it missing
              }
            });
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private void serve(RateLimit limit, int calls) {
    for (int i = 1; i <= calls; i++) {
      int so = i;
      now.addAndGet((long) (60 * SECOND / limit.allowance().perMinute()));
      Awaitility.await().until(() -> served.size() == so);
    }
  }

  @AfterEach
  void stop() {
    threads.forEach(Thread::interrupt);
  }

  @Test
  void goToWhatEndsAnUploadFirstThenToPartsThenToNewUploadsThenToProbes() {
    RateLimit limit = limit(0);
    join(limit, Priority.PROBE);
    join(limit, Priority.NEW);
    join(limit, Priority.PART);
    join(limit, Priority.ENDING);
    serve(limit, 4);

    assertThat(served)
        .containsExactly(Priority.ENDING, Priority.PART, Priority.NEW, Priority.PROBE);
  }

  @Test
  void goToANewUploadNowAndThenWhileALargeOneTakesAllTheOthers() {
    RateLimit limit = new RateLimit(new Allowance(600, 90), 0, now::get);
    join(limit, Priority.NEW);
    for (int i = 0; i < 9; i++) {
      join(limit, Priority.PART);
    }
    serve(limit, 10);

    assertThat(served.indexOf(Priority.NEW)).isEqualTo(7);
  }

  @Test
  void areDrawnForAWholeFileAtOnceSoThatItDoesNotStallMidway() throws Exception {
    RateLimit limit = limit(2);
    Reservation reservation = limit.reserve();
    limit.take(Priority.NEW, reservation, RUNNING, NOWHERE);
    assertThat(limit.level()).isZero();

    limit.take(Priority.ENDING, reservation, RUNNING, NOWHERE);
    assertThat(limit.drawn()).isEqualTo(2);
  }

  @Test
  void areGivenBackByAFileThatNeedsNoMoreOfThem() throws Exception {
    RateLimit limit = limit(2);
    Reservation reservation = limit.reserve();
    limit.take(Priority.NEW, reservation, RUNNING, NOWHERE);
    reservation.end();
    reservation.end();

    assertThat(limit.level()).isEqualTo(1);
  }

  @Test
  void areForAsManyNewFilesAsCanMakeTwoOfThemSoon() {
    RateLimit limit = limit(5);

    // five now, and a sixth within the second until the lane asks again
    assertThat(limit.newUploads("a")).isEqualTo(3);
    Reservation one = limit.reserve();
    limit.reserve();
    assertThat(limit.newUploads("a")).isEqualTo(1);
    one.end();
    assertThat(limit.newUploads("a")).isEqualTo(2);
  }

  @Test
  void areReckonedFurtherAheadForALaneThatAsksSeldom() {
    RateLimit limit = limit(0);
    limit.newUploads("a");
    now.addAndGet(4 * SECOND);

    assertThat(limit.newUploads("a")).isEqualTo(4);
  }

  @Test
  void areNotKeptForAFileThatWaitsForItsWorker() {
    RateLimit limit = limit(90);
    for (int i = 0; i < 45; i++) {
      limit.reserve();
    }
    assertThat(limit.newUploads("a")).isZero();
    now.addAndGet(6 * SECOND);

    assertThat(limit.newUploads("b")).isPositive();
  }

  @Test
  void areSharedByLanesOfWhichOneAlwaysAsksFirst() throws Exception {
    RateLimit limit = limit(0);
    List<String> begun = new ArrayList<>();
    Deque<Map.Entry<String, Reservation>> admitted = new ArrayDeque<>();
    for (int i = 0; i < 200; i++) {
      now.addAndGet(SECOND / 2);
      while (!admitted.isEmpty() && limit.level() >= 2) {
        Map.Entry<String, Reservation> file = admitted.remove();
        limit.ended(limit.take(Priority.NEW, file.getValue(), RUNNING, NOWHERE), null);
        limit.ended(limit.take(Priority.ENDING, file.getValue(), RUNNING, NOWHERE), null);
        begun.add(file.getKey());
      }
      for (String lane : List.of("first", "second")) {
        for (int files = limit.newUploads(lane); files > 0; files--) {
          admitted.add(Map.entry(lane, limit.reserve()));
        }
      }
    }

    assertThat(begun).hasSize(50);
    assertThat(Collections.frequency(begun, "first")).isBetween(20, 30);
  }

  @Test
  void areNotWaitedForLongerThanAWorkerCanBeSpared() throws Exception {
    RateLimit limit = limit(90);
    refuse(limit, 30);

    for (Priority priority : List.of(Priority.PROBE, Priority.NEW, Priority.PART)) {
      assertThatExceptionOfType(NotNow.class)
          .isThrownBy(() -> limit.take(priority, null, RUNNING, NOWHERE))
          .satisfies(e -> assertThat(e.duration()).isEqualTo(Duration.ofSeconds(30)));
    }
    assertThat(limit.newUploads("a")).isZero();
    join(limit, Priority.ENDING);
    now.addAndGet(30 * SECOND);
    Awaitility.await().until(() -> served.contains(Priority.ENDING));
  }

  @Test
  void areNotWaitedForByNewUploadsWhileMediadropStops() {
    RateLimit limit = limit(0);

    assertThatExceptionOfType(NotNow.class)
        .isThrownBy(() -> limit.take(Priority.NEW, limit.reserve(), STOPPING, NOWHERE));
  }

  @Test
  void areLostToAFileThatHoldsThemWhenTheApiRefusesACall() throws Exception {
    RateLimit limit = limit(90);
    Reservation reservation = limit.reserve();
    limit.take(Priority.NEW, reservation, RUNNING, NOWHERE);
    refuse(limit, 30);

    assertThatExceptionOfType(NotNow.class)
        .isThrownBy(() -> limit.take(Priority.PART, reservation, RUNNING, NOWHERE));
  }

  @Test
  void areSparedForFollowUpsOnlyAboveHalfOfWhatUploadsMayNeedAtOnce() throws Exception {
    RateLimit limit = limit(46);
    limit.take(Priority.FOLLOW_UP, null, RUNNING, NOWHERE);

    assertThat(limit.canSpare()).isFalse();
    assertThatExceptionOfType(NotNow.class)
        .isThrownBy(() -> limit.take(Priority.FOLLOW_UP, null, RUNNING, NOWHERE))
        .satisfies(e -> assertThat(e.duration()).isEqualTo(Duration.ofSeconds(1)));
    now.addAndGet(SECOND);
    assertThat(limit.canSpare()).isTrue();
  }

  @Test
  void areNotSparedForFollowUpsWhileAFileIsAboutToBegin() {
    RateLimit limit = limit(90);
    Reservation file = limit.reserve();

    assertThat(limit.canSpare()).isFalse();
    file.end();
    assertThat(limit.canSpare()).isTrue();
  }

  @Test
  void areNotSparedForFollowUpsWhileALaneHasAskedInVain() {
    RateLimit limit = limit(0);
    assertThat(limit.newUploads("a")).isZero();
    now.addAndGet(4 * SECOND);
    limit.allow(new Allowance(60, 4));
    assertThat(limit.canSpare()).isFalse();

    assertThat(limit.newUploads("a")).isPositive();
    assertThat(limit.canSpare()).isTrue();
  }

  @Test
  void areSparedForFollowUpsEvenWhereOnlyOneMayBeMadeAtOnce() throws Exception {
    RateLimit limit = new RateLimit(new Allowance(60, 1), 1, now::get);
    limit.take(Priority.FOLLOW_UP, null, RUNNING, NOWHERE);

    assertThat(limit.canSpare()).isFalse();
  }

  private RateLimit unlimited() {
    return new RateLimit(new Allowance(0, Long.MAX_VALUE), 0, now::get);
  }

  @Test
  void needNoBookkeepingWhereThereIsNoLimit() {
    assertThat(unlimited().newUploads("a")).isEqualTo(Integer.MAX_VALUE);
    assertThat(unlimited().reserve()).isNull();
  }

  @Test
  void areNotMadeForAsLongAsTheApiAsksEvenWhereThereIsNoLimit() throws Exception {
    RateLimit limit = unlimited();
    refuse(limit, 30);

    assertThat(limit.newUploads("a")).isZero();
    assertThat(limit.canSpare()).isFalse();
    assertThatExceptionOfType(NotNow.class)
        .isThrownBy(() -> limit.take(Priority.PART, null, RUNNING, NOWHERE))
        .satisfies(e -> assertThat(e.duration()).isEqualTo(Duration.ofSeconds(30)));
    now.addAndGet(30 * SECOND);
    limit.take(Priority.PART, null, RUNNING, NOWHERE);
    limit.take(Priority.FOLLOW_UP, null, RUNNING, NOWHERE);
    assertThat(limit.newUploads("a")).isPositive();
  }

  @Test
  void areMadeAgainAtOnceWhereThereIsNoLimitAndTheApiAsksForNoTime() throws Exception {
    RateLimit limit = unlimited();
    for (int i = 0; i < 5; i++) {
      refuse(limit, 0);
    }

    assertThat(limit.closedFor()).isZero();
  }

  @Test
  void beginWithNoneWhereALimitComesToBe() throws Exception {
    RateLimit limit = unlimited();
    for (int i = 0; i < 200; i++) {
      limit.ended(limit.take(Priority.PART, null, RUNNING, NOWHERE), null);
    }
    limit.allow(new Allowance(60, 90));

    assertThat(limit.level()).isZero();
    now.addAndGet(SECOND);
    assertThat(limit.closedFor()).isZero();
  }
}
