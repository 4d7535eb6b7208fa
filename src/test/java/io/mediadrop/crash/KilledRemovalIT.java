package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies when the files of an old drop are removed and the ledger does not know yet. */
class KilledRemovalIT {

  private static final String BETWEEN = "after SafeMove.syncFolder by OwnTree.tidyUp #1";

  @TempDir Path folder;

  @Test
  void removesTheRestTheNextTimeAndUploadsNothingAgain() throws Exception {
    Path home = folder.resolve("home");
    Path drop = Files.createDirectories(home.resolve("drop"));
    try (Sandbox sandbox = Sandbox.start()) {
      MediaFiles.write(drop.resolve("a.jpg"), 5000, 1);
      byte[] content = Files.readAllBytes(MediaFiles.write(drop.resolve("b.jpg"), 5000, 2));
      try (Child child = Child.on(home).start(sandbox)) {
        awaitLedger(home, child, "SELECT COUNT(*) FROM drops WHERE state = 'FILED'", 2);
        awaitLedger(home, child, "SELECT COUNT(*) FROM outbox", 0);
      }
      makeOld(home);
      try (Child doomed = keeping(home).property(KillPoints.AT, BETWEEN).start(sandbox)) {
        assertThat(doomed.awaitEnd(60)).as(doomed.output()).isEqualTo(137);
      }
      assertThat(originals(home)).hasSize(1);
      assertThat(LedgerInvariants.count(home, "SELECT COUNT(removed_at) FROM drops")).isZero();

      try (Child child = keeping(home).start(sandbox)) {
        awaitLedger(home, child, "SELECT COUNT(removed_at) FROM drops", 2);
        assertThat(Running.filesIn(home.resolve("archive"))).isEmpty();
        Files.write(drop.resolve("b-again.jpg"), content);
        awaitLedger(home, child, "SELECT COUNT(*) FROM drops WHERE state = 'DUPLICATE'", 1);
      }
      assertThat(sandbox.uploads()).hasSize(2);
    }
  }

  private static Child.Builder keeping(Path home) {
    return Child.on(home).set("mediadrop.archive.keep", "30d");
  }

  private static List<String> originals(Path home) {
    return Running.filesIn(home.resolve("archive")).stream()
        .filter(file -> file.endsWith(".jpg"))
        .toList();
  }

  private static void awaitLedger(Path home, Child child, String query, int result) {
    child.patiently().until(() -> LedgerInvariants.count(home, query) == result);
  }

  private static void makeOld(Path home) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE uploads SET uploaded_at = uploaded_at - " + Duration.ofDays(40).toMillis());
      statement.execute(
          "INSERT INTO facts (name, value) VALUES ('time-believed', '" + Instant.now() + "')");
    }
  }
}
