package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.ledger.OldLedger;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** mediadrop is killed while it brings the ledger of an earlier version up to date. */
class OlderLedgerIT {

  private static final int DROPS = 60_000;

  /** Bytes of the log that only new tables can have filled. */
  private static final long MIDWAY = 8 << 20;

  @TempDir Path folder;

  private static long sizeOf(Path file) throws Exception {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private List<Path> copies(Path data) throws Exception {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.toString().contains("-schema17-")).toList();
    }
  }

  @Test
  void leavesItAsItWasAndTheNextStartBeginsAgain() throws Exception {
    Path home = folder.resolve("home");
    OldLedger old = OldLedger.in(home).filed(DROPS, 600);
    Path data = home.resolve("data");
    try (Sandbox sandbox = Sandbox.start()) {
      try (Child child = Child.on(home).start(sandbox)) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .failFast("it has ended", () -> !child.isAlive())
            .until(() -> sizeOf(data.resolve("ledger.db-wal")) > MIDWAY);
        child.kill();
      }
      assertThat(old.schema()).isEqualTo(OldLedger.SCHEMA);
      assertThat(old.all("SELECT COUNT(*) FROM drops WHERE length(id) = 32"))
          .containsExactly("" + DROPS);
      assertThat(copies(data)).hasSize(1);

      try (Child child = Child.on(home).start(sandbox)) {
        child.patiently().atMost(Duration.ofMinutes(2)).until(() -> old.schema() > 17);
      }
      assertThat(old.all("SELECT COUNT(*) FROM uploads")).containsExactly("" + DROPS);
      assertThat(copies(data)).hasSize(1);
    }
  }
}
