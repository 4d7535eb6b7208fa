package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in which an earlier mediadrop has left something to tell, in every state. */
class LeanOutboxTest {

  private static final String SUBSCRIBER = "notify.default";

  private static final Instant NOW = Instant.ofEpochMilli(10_000);

  private static final List<String> BEFORE =
      List.of(
          drop("1-uploaded", "UPLOADED", null),
          drop("2-announced", "UPLOADED", 50L),
          drop("3-filed", "FILED", null),
          drop("4-failed", "FAILED", null),
          // it is told once it is filed
          row("evt_1u", SUBSCRIBER, "media.uploaded", "1-uploaded", 1, 10, null, 0, null, null),
          row("evt_1u", "archive", "media.uploaded", "1-uploaded", 1, 10, null, 0, null, null),
          row("evt_4f", SUBSCRIBER, "file.failed", "4-failed", 1, 40, null, 0, null, null),
          // told to one, not yet to the other, and the archive waits for the file
          row("evt_2u", SUBSCRIBER, "media.uploaded", "2-announced", 1, 20, 50L, 1, 60L, null),
          row("evt_2u", "notify.audit", "media.uploaded", "2-announced", 1, 20, 50L, 0, null, null),
          row("evt_2u", "archive", "media.uploaded", "2-announced", 1, 20, null, 0, null, null),
          // tried, given up, new; the clock was set back between the last two
          row("evt_3u", SUBSCRIBER, "media.uploaded", "3-filed", 1, 30, 9_000L, 3, null, null),
          row("evt_3r", SUBSCRIBER, "media.ready", "3-filed", 2, 5, 50L, 0, null, null),
          row("evt_3u", "notify.audit", "media.uploaded", "3-filed", 1, 30, 9_000L, 10, null, 77L),
          row("evt_3u", "archive", "media.uploaded", "3-filed", 1, 30, 50L, 0, null, null),
          row("evt_p", SUBSCRIBER, "lane.paused", null, 1, 31, 50L, 0, null, null),
          row("evt_g", SUBSCRIBER, "lane.resumed", null, 2, 32, 50L, 0, null, null),
          row("evt_s", "notify.gone", "run.summary", null, 1, 33, 50L, 0, null, null));

  @TempDir Path folder;

  private static String drop(String id, String state, Long announced) {
    return """
        INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state, claimed_at,
          uploaded_at, announced_at) VALUES ('%s', 'l', 'c', '/a', '%s', 1, 1, '', '%s', 1, 2, %d)"""
        .formatted(id, id, state, announced);
  }

  private static String row(
      String id,
      String endpoint,
      String type,
      String drop,
      int number,
      long at,
      Long due,
      int attempts,
      Long delivered,
      Long dead) {
    String subject = drop != null ? drop : type.startsWith("lane") ? "lane alice" : "run";
    String data = endpoint.equals("archive") ? "NULL" : "'{\"of\":\"" + id + "\"}'";
    return """
        INSERT INTO outbox (id, endpoint, type, subject, number, drop_id, happened_at, data, due_at, attempts,
          last_error, delivered_at, dead_at) VALUES ('%s', '%s', '%s', '%s', %d, %s, %d, %s, %d, %d, 'no', %d, %d)"""
        .formatted(
            id,
            endpoint,
            type,
            subject,
            number,
            drop == null ? "NULL" : "'" + drop + "'",
            at,
            data,
            due,
            attempts,
            delivered,
            dead);
  }

  private OpenLedger opened() throws Exception {
    String url = "jdbc:sqlite:" + Files.createDirectories(folder.resolve("data")) + "/ledger.db";
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("io/mediadrop/ledger/migration")
        .target("17")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String insert : BEFORE) {
        statement.execute(insert);
      }
    }
    return OpenLedger.in(folder);
  }

  @Test
  void tellsEachOnceUnderTheIdThatItHadInTheirOrder() throws Exception {
    try (OpenLedger opened = opened()) {
      OutboxRows rows = new OutboxRows(opened.ledger());
      Untold tried = rows.due(SUBSCRIBER, NOW, 10).get(0);
      assertThat(tried.id()).isEqualTo("evt_3u");
      assertThat(tried.attempts()).isEqualTo(3);
      assertThat(tried.dueAt()).isEqualTo(9_000);
      assertThat(tried.at()).isEqualTo(30);
      assertThat(tried.data()).isEqualTo("{\"of\":\"evt_3u\"}");
      assertThat(rows.due(SUBSCRIBER, NOW, 10)).hasSize(1);
      assertThat(rows.fresh(SUBSCRIBER, 10)).extracting(Untold::id).containsExactly("evt_p");

      Untold pause = rows.fresh(SUBSCRIBER, 10).get(0);
      opened.ledger().write(handle -> take(handle, tried, pause));
      assertThat(rows.fresh(SUBSCRIBER, 10))
          .extracting(Untold::id)
          .containsExactly("evt_3r", "evt_g");
      assertThat(rows.fresh(SUBSCRIBER, 10)).extracting(Untold::subject).containsExactly(3L, -1L);
      assertThat(rows.fresh("notify.gone", 10)).extracting(Untold::id).containsExactly("evt_s");
      assertThat(rows.fresh("notify.gone", 10)).extracting(Untold::subject).containsExactly(0L);
    }
  }

  private static int take(Handle handle, Untold one, Untold other) {
    one.taken(handle);
    other.taken(handle);
    return 2;
  }

  @Test
  void keepsWhatWasGivenUpUntilTheStartRevivesIt() throws Exception {
    try (OpenLedger opened = opened()) {
      OutboxRows rows = new OutboxRows(opened.ledger());
      assertThat(rows.fresh("notify.audit", 10)).extracting(Untold::id).containsExactly("evt_2u");
      assertThat(rows.due("notify.audit", NOW, 10)).isEmpty();

      new Backlog(opened.ledger()).revive();
      assertThat(rows.fresh("notify.audit", 10))
          .extracting(Untold::id)
          .containsExactly("evt_2u", "evt_3u");
    }
  }

  @Test
  void leavesToTheFilingWhatWaitsForIt() throws Exception {
    try (OpenLedger opened = opened()) {
      OutboxRows rows = new OutboxRows(opened.ledger());

      // what was announced is not told again, and its archive is served once it is filed
      assertThat(rows.fresh("archive", 10)).extracting(Untold::subject).containsExactly(3L);
      assertThat(
              opened
                  .database()
                  .<Integer>read(
                      handle ->
                          handle
                              .createQuery("SELECT COUNT(*) FROM outbox WHERE subject IN (1, 4)")
                              .mapTo(Integer.class)
                              .one()))
          .isZero();
    }
  }
}
