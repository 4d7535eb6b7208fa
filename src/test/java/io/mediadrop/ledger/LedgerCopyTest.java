package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger of an earlier version is brought up to date: the way back stays open. */
class LedgerCopyTest {

  private static final int DROPS = 50;

  @TempDir Path folder;
  private OldLedger old;
  private Path file;

  @BeforeEach
  void haveAnOldLedger() throws IOException {
    old = OldLedger.in(folder).filed(DROPS, 100);
    file = folder.resolve("data/ledger.db");
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      return files.filter(each -> each.toString().contains("-schema")).sorted().toList();
    }
  }

  private void start() throws Exception {
    OpenLedger.in(folder).close();
  }

  @Test
  void keepsItAsItWasForItsOwnerAlone() throws Exception {
    List<String> before = old.all("SELECT id || path || answer FROM drops ORDER BY id");
    start();

    assertThat(copies()).hasSize(1);
    Path copy = copies().get(0);
    assertThat(copy.getFileName().toString())
        .matches("ledger-schema17-\\d{8}T\\d{6}\\.\\d{3}Z\\.db");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(OldLedger.at(copy).all("SELECT id || path || answer FROM drops ORDER BY id"))
        .isEqualTo(before);
    assertThat(old.schema()).isEqualTo(LedgerSchema.VERSION);
  }

  @Test
  void keepsItOnceWhateverStartsComeThen() throws Exception {
    start();
    start();
    assertThat(copies()).hasSize(1);
  }

  @Test
  void isNoneOfANewLedger() throws Exception {
    Files.delete(file);
    start();
    assertThat(copies()).isEmpty();
  }

  @Test
  void canBePutBackAndBroughtUpToDateAgain() throws Exception {
    start();
    Path first = copies().get(0);
    for (String end : List.of("-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling("ledger.db" + end));
    }
    Files.copy(first, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(old.schema()).isEqualTo(OldLedger.SCHEMA);
    start();

    assertThat(copies()).contains(first);
    assertThat(old.all("SELECT COUNT(*) FROM uploads")).containsExactly("" + DROPS);
  }

  @Test
  void isMadeAnewWhereMoreIsKnownAndNeverOverAnother() throws Exception {
    LedgerCopy copy = new LedgerCopy(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      Instant now = Instant.parse("2026-11-30T04:15:00Z");
      Path first = copy.make(statement, 17, now);
      byte[] bytes = Files.readAllBytes(first);
      assertThat(copy.make(statement, 17, now.plusSeconds(1))).isEqualTo(first);
      statement.execute("UPDATE drops SET attempts = 2 WHERE path = '1.jpg'");

      assertThatThrownBy(() -> copy.make(statement, 17, now)).isInstanceOf(IOException.class);
      assertThat(copy.make(statement, 17, now.plusSeconds(1))).isNotEqualTo(first);
      assertThat(first).hasBinaryContent(bytes);
    }
    assertThat(copies()).hasSize(2);
  }

  @Test
  void waitsForRoom() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  new LedgerCopy(file, in -> 3 * Files.size(file))
                      .make(statement, 17, Instant.now()))
          .isInstanceOf(PassingTrouble.class)
          .hasMessageContainingAll(folder.resolve("data").toString(), "MiB", "make room");
    }
    assertThat(copies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "work",
        "uploads",
        "ended",
        "remote",
        "numbered_parts",
        "numbered_outbox",
        "numbered_awaited_media",
        "numbered_assets",
        "numbered_companions"
      })
  void isNotNeededWhereARowWouldBeMissingForNothingIsChangedThen(String table) throws Exception {
    old.run(
        "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state,"
            + " origin, claimed_at) VALUES"
            + " ('w', 'default', 'c', '/w', 'w', 1, 1, '', 'WAITING', NULL, 1),"
            + " ('g', 'default', 'c', '/g', 'g', 1, 1, '', 'FAILED_MOVED', 'sftp', 1)",
        "INSERT INTO parts VALUES ('w', 1, NULL, NULL)",
        "INSERT INTO outbox (id, endpoint, type, subject, number, drop_id, happened_at)"
            + " VALUES ('e', 'archive', 'file.failed', 'g', 1, 'g', 1)",
        "INSERT INTO awaited_media VALUES ('w', 'default', 'c', 1, 0, 0)",
        "INSERT INTO assets (drop_id, item) VALUES ('w', 'original')",
        "INSERT INTO companions VALUES ('w', 'w.xmp', 1, 1, 0, 'w.xmp')");
    List<String> before = old.all("SELECT id || state FROM drops ORDER BY id");
    String script =
        Files.readString(
            Path.of("src/main/resources/io/mediadrop/ledger/migration/V18__numbers.sql"));
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    for (boolean forgetful : new boolean[] {true, false}) {
      Files.writeString(
          scripts.resolve("V18__numbers.sql"),
          forgetful
              ? script.replace(
                  "-- Nothing may be missing",
                  "DELETE FROM %s WHERE ROWID = (SELECT MAX(ROWID) FROM %<s);\n-- "
                      .formatted(table))
              : script);
      Flyway flyway =
          Flyway.configure()
              .dataSource("jdbc:sqlite:" + file, null, null)
              .locations("filesystem:" + scripts)
              .placeholders(Map.of("given", "0"))
              .ignoreMigrationPatterns("*:missing")
              .load();
      if (forgetful) {
        assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayException.class);
        assertThat(old.schema()).isEqualTo(OldLedger.SCHEMA);
        assertThat(old.all("SELECT id || state FROM drops ORDER BY id")).isEqualTo(before);
      } else {
        flyway.migrate();
        assertThat(old.schema()).isEqualTo(18);
      }
    }
  }

  @Test
  void isToldWhereTheLedgerCannotBeBroughtUpToDate() {
    // a table of that name from elsewhere
    old.run("CREATE TABLE work (x INTEGER)");
    assertThatThrownBy(this::start)
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("work");
    assertThat(old.schema()).isEqualTo(OldLedger.SCHEMA);
  }
}
