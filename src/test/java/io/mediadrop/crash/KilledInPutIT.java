package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies when the API has a whole file and has not answered yet. */
class KilledInPutIT {

  private static final List<String> NAMES =
      List.of("left.jpg", "renamed.jpg", "appended.jpg", "deleted.jpg");

  @TempDir Path folder;

  @Test
  void adoptsWhatIsStillThereAndSaysWhatItCannotAskFor() throws Exception {
    Path home = folder.resolve("home");
    Path drop = Files.createDirectories(home.resolve("drop"));
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      sandbox
          .faults()
          .on(When.route(Route.WHOLE).calls(1, 4), Faults.slowAnswer(Duration.ofMinutes(1)));
      for (String name : NAMES) {
        MediaFiles.write(drop.resolve(name), 5000 + NAMES.indexOf(name), NAMES.indexOf(name));
      }
      try (Child child = Child.on(home).set("mediadrop.lane.concurrency", "4").start(sandbox)) {
        Running.patiently().until(() -> sandbox.uploads().size() == 4);
        assertThat(child.isAlive()).isTrue();
      }
      Files.move(drop.resolve("renamed.jpg"), drop.resolve("new-name.jpg"));
      Files.write(drop.resolve("appended.jpg"), new byte[100], StandardOpenOption.APPEND);
      Files.delete(drop.resolve("deleted.jpg"));

      try (Child child = Child.on(home).start(sandbox)) {
        Running.patiently()
            .ignoreExceptions()
            .until(
                () ->
                    count(home, "state = 'FILED'") == 3
                        && count(home, "state = 'SENDING' AND doubt_since IS NOT NULL") == 1);

        assertThat(sandbox.uploads())
            .extracting(Upload::name)
            .containsExactlyInAnyOrder(
                "left.jpg", "renamed.jpg", "appended.jpg", "deleted.jpg", "appended.jpg");
        assertThat(count(home, "state = 'FILED' AND adopted = 1")).isEqualTo(2);
        assertThat(count(home, "state = 'FILED' AND adopted = 1 AND path = 'new-name.jpg'"))
            .isOne();
        assertThat(count(home, "state = 'GONE' AND reason = 'outcome unknown'")).isOne();
        assertThat(child.output().lines().filter(line -> line.contains(" WARN ")))
            .filteredOn(line -> line.contains("appended.jpg"))
            .anyMatch(line -> line.contains("outcome unknown"));
        assertThat(child.output().lines().filter(line -> line.contains("has vanished")))
            .hasSize(1)
            .allMatch(line -> line.contains("deleted.jpg"));
        assertThat(LedgerInvariants.violations(home)).isEmpty();

        aDayPasses(home);
        Running.patiently().ignoreExceptions().until(() -> count(home, "state = 'GONE'") == 2);
      }
    }
  }

  private static void aDayPasses(Path home) throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = ledger.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("UPDATE work SET doubt_since = doubt_since - 86400001");
    }
  }

  private static int count(Path home, String condition) throws Exception {
    return LedgerInvariants.count(home, "SELECT COUNT(*) FROM drops WHERE " + condition);
  }
}
