package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.cli.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More lanes with work than files may be uploaded at once. */
class PlacesTest {

  private final Places places = new Places();
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Map<String, Integer> begun = new TreeMap<>();

  @BeforeEach
  void allow() {
    places.setAtOnce(3);
  }

  @AfterEach
  void end() {
    mayEnd.release(1000);
    places.close();
  }

  @Test
  void areSharedFairlyByFiveLanes() {
    Map.of("a", 30, "b", 10, "c", 10, "d", 10, "e", 10)
        .forEach(
            (name, files) -> {
              LaneWorkers lane = lane(2);
              for (int file = 0; file < files; file++) {
                lane.execute(() -> upload(name));
              }
            });
    for (int done = 0; done < 15; done++) {
      awaitBegun(3 + done);
      mayEnd.release();
    }
    awaitBegun(18);

    assertThat(begun).containsOnlyKeys("a", "b", "c", "d", "e");
    assertThat(begun.values()).allMatch(files -> files >= 3);
    assertThat(most).hasValue(3);
  }

  @Test
  void areNotAllNeededByOneLane() {
    LaneWorkers lane = lane(2);
    for (int file = 0; file < 5; file++) {
      lane.execute(() -> upload("a"));
    }
    awaitBegun(2);
    mayEnd.release(5);
    awaitBegun(5);

    assertThat(most).hasValue(2);
  }

  @Test
  void areGivenBackWhateverAFileEndsWith() {
    places.setAtOnce(1);
    List<String> order = new ArrayList<>();
    LaneWorkers lane = lane(1);
    lane.execute(
        () -> {
          throw new StackOverflowError();
        });
    lane.execute(() -> note(order, "next"));
    Running.patiently().until(() -> noted(order) == 1);

    assertThat(lane.underWay()).isLessThanOrEqualTo(1);
  }

  @Test
  void areGivenBackByThoseWhoWait() throws Exception {
    places.setAtOnce(1);
    CountDownLatch waiting = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    lane(1)
        .execute(
            () -> {
              aside(waiting);
              note(order, "stalled");
            });
    LaneWorkers other = lane(1);
    other.execute(() -> note(order, "first"));
    Running.patiently().until(() -> noted(order) == 1);
    other.execute(() -> upload("second"));
    other.execute(() -> note(order, "third"));
    awaitBegun(1);
    waiting.countDown();
    mayEnd.release();
    Running.patiently().until(() -> noted(order) == 3);

    assertThat(order).startsWith("first").contains("stalled", "third");
  }

  @Test
  void areTakenAtOnceByAnUploadThatMovesAgain() throws Exception {
    places.setAtOnce(1);
    Place stalled = placeOfAnUpload();
    LaneWorkers other = lane(2);
    stalled.call();
    stalled.stalls(false);
    other.execute(() -> upload("begun meanwhile"));
    awaitBegun(2);
    stalled.moves();
    other.execute(() -> upload("begun afterwards"));
    assertThat(other.underWay()).isEqualTo(1);
    mayEnd.release(3);
    awaitBegun(3);

    assertThat(begun).containsKeys("begun meanwhile", "begun afterwards");
  }

  @Test
  void areKeptWhileAnotherPartOfTheFileMoves() throws Exception {
    places.setAtOnce(1);
    Place parts = placeOfAnUpload();
    LaneWorkers other = lane(1);
    parts.call();
    parts.call();
    parts.stalls(false);
    other.execute(() -> upload("other"));
    assertThat(other.underWay()).isZero();
    parts.answered();
    parts.stalls(true);

    assertThat(other.underWay()).isEqualTo(1);
  }

  @Test
  void areGivenBackByAsManyAsThereAreAndNoMore() throws Exception {
    places.setAtOnce(1);
    Place first = placeOfAnUpload();
    first.call();
    first.stalls(false);
    LaneWorkers other = lane(2);
    CompletableFuture<Place> second = new CompletableFuture<>();
    other.execute(
        () -> {
          second.complete(places.mine());
          upload("second");
        });
    other.execute(() -> upload("third"));
    awaitBegun(2);
    second.get(60, TimeUnit.SECONDS).call();
    second.get().stalls(false);

    assertThat(other.underWay()).isEqualTo(1);
  }

  private Place placeOfAnUpload() throws Exception {
    CompletableFuture<Place> place = new CompletableFuture<>();
    lane(1)
        .execute(
            () -> {
              place.complete(places.mine());
              upload("first");
            });
    awaitBegun(1);
    return place.get(60, TimeUnit.SECONDS);
  }

  @Test
  void areNotTakenUpByALaneThatIsRemoved() throws Exception {
    LaneWorkers lane = lane(1);
    lane.execute(() -> upload("a"));
    lane.execute(() -> upload("a"));
    awaitBegun(1);
    lane.shutdown();
    assertThatThrownBy(() -> lane.execute(() -> upload("a")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(lane.shutdownNow()).hasSize(1);
    assertThat(lane.isTerminated()).isFalse();
    mayEnd.release();

    assertThat(lane.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(begun).containsEntry("a", 1);
  }

  @Test
  void areAtLeastOne() {
    assertThatThrownBy(() -> places.setAtOnce(0))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("mediadrop.uploads.at-once (MEDIADROP_UPLOADS_AT_ONCE) is 0");
  }

  private LaneWorkers lane(int concurrency) {
    LaneWorkers lane = new LaneWorkers();
    lane.setPlaces(places);
    lane.setConcurrency(concurrency);
    return lane;
  }

  private void upload(String lane) {
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    synchronized (begun) {
      begun.merge(lane, 1, Integer::sum);
    }
    mayEnd.acquireUninterruptibly();
    underWay.decrementAndGet();
  }

  private void awaitBegun(int files) {
    Running.patiently()
        .until(
            () -> {
              synchronized (begun) {
                return begun.values().stream().mapToInt(Integer::intValue).sum() == files;
              }
            });
  }

  private void aside(CountDownLatch event) {
    try (Place.Wait wait = new Place.Wait(places.mine())) {
      wait.begin();
      await(event);
    }
  }

  private static void await(CountDownLatch event) {
    try {
      assertThat(event.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void note(List<String> order, String what) {
    synchronized (order) {
      order.add(what);
    }
  }

  private static int noted(List<String> order) {
    synchronized (order) {
      return order.size();
    }
  }
}
