package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Awaited;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many uploads whose media are not ready. */
class AwaitedMediaTest {

  private static final int MANY = 20_000;

  @TempDir Path folder;
  private final SteppingClock clock = new SteppingClock();
  private OpenLedger opened;
  private LedgerDatabase database;
  private final AwaitedMedia awaitedMedia = new AwaitedMedia(clock);

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    database = opened.database();
    awaitedMedia.setLedger(opened.ledger());
    awaitedMedia.setGiveUpAfter("24h");
    // each is due a second after the one before; the first one is due now
    database.write(
        handle -> {
          return handle.execute(
              "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                  + " INSERT INTO awaited_media (drop_id, lane, connection, due_at)"
                  + " SELECT i, 'a', 'c', ? + 1000 * i FROM n",
              MANY - 1,
              clock.millis());
        });
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private List<Long> due(String lane, String connection) {
    return awaitedMedia.due(lane, connection, 3).stream().map(Awaited::dropId).toList();
  }

  @Test
  void areFoundByIndexAFewAtATimeTheLongestDueFirst() {
    clock.step(Duration.ofMinutes(1));
    // by a clock that was set back, the last ones would be due in hours
    assertThat(due("a", "c")).containsExactly(0L, 1L, 2L);
    for (String query : List.of(AwaitedMedia.DUE, AwaitedMedia.ANY_DUE)) {
      assertThat(plan(query)).isNotEmpty().noneMatch(step -> step.startsWith("SCAN awaited_media"));
      assertThat(plan(query)).noneMatch(step -> step.contains("USE TEMP B-TREE"));
    }
  }

  private List<String> plan(String query) {
    return database.read(
        handle ->
            handle
                .createQuery("EXPLAIN QUERY PLAN " + query)
                .bind("lane", "a")
                .bind("connection", "c")
                .bind("now", 0)
                .bind("farthest", 0)
                .bind("most", 3)
                .map((row, context) -> row.getString("detail"))
                .list());
  }

  @Test
  void waitForTheLaneAndTheConnectionThatTheyAreOf() {
    assertThat(due("b", "c")).isEmpty();
    assertThat(due("a", "other")).isEmpty();
  }

  @Test
  void areAskedForLessAndLessOftenAndNotBeyondTheTimeToGiveUp() {
    keepOne();
    int asked = 0;
    Awaited awaited = awaitedMedia.due("a", "c", 1).get(0);
    while (!awaitedMedia.isOverdue(awaited)) {
      awaitedMedia.notYet(awaited);
      assertThat(awaitedMedia.due("a", "c", 1)).isEmpty();
      clock.step(Duration.ofMinutes(10));
      awaited = awaitedMedia.due("a", "c", 1).get(0);
      asked++;
    }
    assertThat(awaited.waited()).isEqualTo(Duration.ofHours(24));
    // every five to ten minutes, more often at first
    assertThat(asked).isBetween(24 * 6, 2 * 24 * 6 + 10);
  }

  @Test
  void doNotComeCloserToGivingUpWhileTheApiDoesNotAnswer() {
    keepOne();
    awaitedMedia.unanswered(awaitedMedia.due("a", "c", 1).get(0), Duration.ofMinutes(3));

    clock.step(Duration.ofSeconds(150));
    assertThat(awaitedMedia.due("a", "c", 1)).isEmpty();
    clock.step(Duration.ofSeconds(30));
    assertThat(awaitedMedia.due("a", "c", 1).get(0).waited()).isZero();
  }

  private void keepOne() {
    database.write(handle -> handle.execute("DELETE FROM awaited_media WHERE drop_id <> 0"));
  }
}
