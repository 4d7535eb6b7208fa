package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.DropState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.HandleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one subscriber and the archive are still to be told, of several drops and a lane. */
class OutboxRowsTest {

  private static final String SUBSCRIBER = "notify.default";

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  /** A subscriber, and an archive from which nothing is fetched. */
  private record Told(List<String> subscribers, boolean isArchiveServed, boolean isFetchingAssets)
      implements Events.Endpoints {}

  @TempDir Path folder;
  private final Events events = new Events(new Told(List.of(SUBSCRIBER), true, false));
  private OpenLedger opened;
  private Ledger ledger;
  private OutboxRows rows;

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    ledger = opened.ledger();
    rows = new OutboxRows(ledger);
    change(handle -> Sql.update(handle, "INSERT INTO facts VALUES ('connection-salt', 'salt')"));
    for (long claimed = 1; claimed <= 3; claimed++) {
      Map<String, Object> at = Map.of("claimed_at", claimed);
      change(handle -> Rows.drop(handle, DropState.FILED, "a.jpg", at));
    }
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private void change(HandleConsumer<RuntimeException> change) {
    ledger.write(
        handle -> {
          change.useHandle(handle);
          return handle;
        });
  }

  private void happens(EventType type, long drop) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("file", drop + ".jpg");
    change(handle -> events.record(handle, Event.ofDrop(type, drop, 5, data)));
  }

  private List<Untold> fresh() {
    return rows.fresh(SUBSCRIBER, 10);
  }

  private static Stream<String> told(List<Untold> rows) {
    return rows.stream().map(row -> row.subject() + " " + row.type().word());
  }

  private void take(Untold row) {
    change(row::taken);
  }

  private void refuse(Untold row, Duration wait) {
    change(handle -> row.refused(handle, "no", NOW.plus(wait), null));
  }

  private void giveUp(Untold row) {
    change(handle -> row.refused(handle, "no", NOW, NOW.toEpochMilli()));
  }

  @Test
  void comeOneOfEachSubjectInTheOrderInWhichTheyHappened() {
    happens(EventType.MEDIA_UPLOADED, 2);
    happens(EventType.MEDIA_UPLOADED, 1);
    happens(EventType.MEDIA_FAILED, 2);

    assertThat(told(fresh())).containsExactly("2 media.uploaded", "1 media.uploaded");
    take(fresh().get(0));
    assertThat(told(fresh())).containsExactly("1 media.uploaded", "2 media.failed");
  }

  @Test
  void waitForTheFirstOfTheirSubjectAlsoWhileThatIsNotDue() {
    happens(EventType.MEDIA_UPLOADED, 1);
    happens(EventType.MEDIA_READY, 1);
    refuse(fresh().get(0), Duration.ofHours(1));

    assertThat(fresh()).isEmpty();
    assertThat(rows.due(SUBSCRIBER, NOW, 10)).isEmpty();
    assertThat(told(rows.due(SUBSCRIBER, NOW.plus(Duration.ofHours(1)), 10)))
        .containsExactly("1 media.uploaded");
  }

  @Test
  void doNotWaitForOneThatWasGivenUp() {
    happens(EventType.MEDIA_UPLOADED, 1);
    happens(EventType.MEDIA_READY, 1);
    giveUp(fresh().get(0));

    assertThat(told(fresh())).containsExactly("1 media.ready");
    assertThat(new Backlog(ledger).revive())
        .extracting(Backlog.Behind::endpoint)
        .contains(SUBSCRIBER);
    assertThat(told(fresh())).as("in their order again").containsExactly("1 media.uploaded");
  }

  @Test
  void takeNoRoomWhileTheyWait() {
    happens(EventType.MEDIA_UPLOADED, 1);
    refuse(fresh().get(0), Duration.ofHours(1));
    for (int further = 0; further < 5; further++) {
      happens(EventType.MEDIA_READY, 1);
    }
    happens(EventType.MEDIA_UPLOADED, 2);

    assertThat(told(rows.fresh(SUBSCRIBER, 1))).containsExactly("2 media.uploaded");
  }

  @Test
  void areOfEachEndpointByItself() {
    happens(EventType.MEDIA_UPLOADED, 1);
    take(fresh().get(0));

    assertThat(fresh()).isEmpty();
    assertThat(told(rows.fresh(Events.ARCHIVE, 10))).containsExactly("1 media.uploaded");
    assertThat(new Backlog(ledger).presence(SUBSCRIBER).isThere()).isFalse();
    assertThat(new Backlog(ledger).presence(Events.ARCHIVE).isThere()).isTrue();
  }

  @Test
  void haveTheSameIdForEveryEndpointAndAfterTheyWereLost() {
    happens(EventType.MEDIA_UPLOADED, 1);
    Untold first = fresh().get(0);
    assertThat(rows.fresh(Events.ARCHIVE, 1).get(0).id()).isEqualTo(first.id());

    // a power cut has taken that the drop was filed, and it is filed anew
    change(handle -> Sql.update(handle, "DELETE FROM outbox"));
    happens(EventType.MEDIA_UPLOADED, 1);
    assertThat(fresh().get(0).id()).isEqualTo(first.id()).matches("evt_[0-9a-f]{32}");
  }

  @Test
  void haveIdsOfTheirOwn() {
    happens(EventType.MEDIA_UPLOADED, 1);
    happens(EventType.MEDIA_UPLOADED, 2);
    change(
        handle -> {
          ObjectNode data = JsonNodeFactory.instance.objectNode();
          events.recordOfLane(handle, EventType.LANE_PAUSED, "a", 5, data);
          events.recordOfLane(handle, EventType.LANE_PAUSED, "b", 5, data);
          events.record(handle, Event.of(EventType.RUN_SUMMARY, 5, data));
        });
    assertThat(fresh()).extracting(Untold::subject).containsExactly(1L, 2L, -1L, -2L, 0L);
    assertThat(fresh()).extracting(Untold::id).doesNotHaveDuplicates();

    // another drop, should its number ever be given again
    String before = fresh().get(0).id();
    change(handle -> Sql.update(handle, "UPDATE uploads SET claimed_at = 7 WHERE id = 1"));
    assertThat(fresh().get(0).id()).isNotEqualTo(before);
  }

  @Test
  void haveNumbersThatAreNotGivenAgain() {
    happens(EventType.MEDIA_UPLOADED, 1);
    Untold taken = fresh().get(0);
    change(handle -> Sql.update(handle, "DELETE FROM outbox"));
    happens(EventType.MEDIA_UPLOADED, 2);

    // whoever records once more that the first one was taken takes nothing else away
    take(taken);
    assertThat(told(fresh())).containsExactly("2 media.uploaded");
  }

  @Test
  void areDueAtOnceWhereTheClockHasRunAhead() {
    happens(EventType.MEDIA_UPLOADED, 1);
    refuse(fresh().get(0), Duration.ofDays(300));

    assertThat(rows.due(SUBSCRIBER, NOW, 10)).hasSize(1);
    assertThat(rows.leastTried(SUBSCRIBER, NOW)).hasSize(1);
    assertThat(rows.leastTriedEarly(SUBSCRIBER, NOW)).isEmpty();
  }

  @Test
  void areFoundByIndexHoweverManyThereAre() {
    for (String condition :
        List.of(OutboxRows.NEW, OutboxRows.DUE, OutboxRows.TOO_FAR, OutboxRows.WAITING)) {
      assertThat(plan(OutboxRows.query(SUBSCRIBER, condition)))
          .anyMatch(step -> step.matches("SEARCH o USING INDEX outbox_(new|tried) \\(endpoint=.*"))
          .noneMatch(step -> step.startsWith("SCAN"))
          .noneMatch(step -> step.contains("TEMP B-TREE FOR ORDER BY"));
    }
  }

  private List<String> plan(String query) {
    return ledger.read(
        handle ->
            Sql.all(
                handle,
                row -> row.getString("detail"),
                "EXPLAIN QUERY PLAN " + query.replace("?", "1")));
  }
}
