package io.mediadrop.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.Running;
import io.mediadrop.health.TroubleTable.Row;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trouble in the table of docs/operations.md, planted: health answers what stands there. */
class HealthTroublesIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final HealthAnswers health = HealthAnswers.of(mediadrop);

  private final Map<String, Plant> plants =
      Map.ofEntries(
          Map.entry("another program has the ledger open", this::lockLedger),
          Map.entry("the ledger's disk is full", this::fillLedger),
          Map.entry("the disk is full", this::fillDisk),
          Map.entry("the disk is write-protected", this::protectDisk),
          Map.entry("files cannot be put away", this::fillArchive),
          Map.entry("a lane is paused: wrong key", this::refuseKey),
          Map.entry("a lane is paused: the connection has expired", this::expireConnection),
          Map.entry("a lane's file is broken", this::breakLane),
          Map.entry("a lane's folder is gone", this::removeFolder),
          Map.entry("the API is away", this::stopApi),
          Map.entry("a subscriber takes nothing for long", this::refuseMessages),
          Map.entry("a subscriber answered 410 Gone", this::goForGood));

  private interface Plant {
    void plant() throws Exception;
  }

  static List<Row> rows() {
    return TroubleTable.rows();
  }

  @Test
  void areAllInTheTable() {
    assertThat(rows())
        .extracting(Row::trouble)
        .containsExactlyInAnyOrderElementsOf(plants.keySet());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsWrongAndWhatToDo(Row row) throws Exception {
    plants.get(row.trouble()).plant();

    Running.patiently()
        .untilAsserted(
            () -> {
              assertThat(health.said(row.check())).contains(row.says());
              assertThat(health.status("ready")).isEqualTo(row.ready());
              assertThat(health.status("live")).isEqualTo(row.live());
              assertThat(health.down()).isEqualTo(row.ready().equals("DOWN"));
            });
  }

  private void lockLedger() throws Exception {
    mediadrop.start();
    String ledger = "jdbc:sqlite:" + mediadrop.home().resolve("data/ledger.db");
    Connection other = mediadrop.closing(DriverManager.getConnection(ledger));
    Statement statement = mediadrop.closing(other.createStatement());
    statement.execute("BEGIN IMMEDIATE");
    mediadrop.closing(() -> statement.execute("ROLLBACK"));
    mediadrop.put("a.jpg", 5_000);
  }

  private void fillLedger() throws Exception {
    mediadrop.start();
    Connection changing = mediadrop.bean("ledger", Ledger.class).note(Handle::getConnection);
    try (Statement statement = changing.createStatement()) {
      statement.execute("PRAGMA max_page_count = 1");
    }
    mediadrop.closing(() -> makeRoom(changing));
    for (int n = 1; n <= 60; n++) {
      mediadrop.put(n + ".jpg", 5_000, n);
    }
  }

  private static void makeRoom(Connection changing) throws SQLException {
    try (Statement statement = changing.createStatement()) {
      statement.execute("PRAGMA max_page_count = 1000000");
    }
  }

  private MemoryDisk disk(Path folder, String name) throws Exception {
    MemoryDisk disk = MemoryDisk.over(folder, name, "2m");
    mediadrop.closing(disk::unmount);
    return disk;
  }

  private void fillDisk() throws Exception {
    MemoryDisk disk = disk(mediadrop.failed(), "failed");
    mediadrop.with("mediadrop.disk.min-free", "1MiB").start();
    disk.fill();
  }

  private void protectDisk() throws Exception {
    MemoryDisk disk = disk(mediadrop.archive(), "archive");
    mediadrop.with("mediadrop.disk.min-free", "0B").start();
    disk.protect();
  }

  private void fillArchive() throws Exception {
    MemoryDisk disk = disk(mediadrop.archive(), "archive");
    mediadrop.with("mediadrop.disk.min-free", "0B").start();
    disk.fill();
    mediadrop.put("a.jpg", 300_000);
  }

  private void refuseKey() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    Path folder = mediadrop.folder("alice");
    lanes.add("alice", folder, "apiKey", "sk_of_nobody");
    mediadrop.start();
    MediaFiles.write(folder.resolve("a.jpg"), 5_000);
  }

  private void expireConnection() throws Exception {
    mediadrop.start();
    mediadrop.sandbox().faults().next(Route.INIT, Faults.expireConnection());
    mediadrop.put("a.jpg", 5_000);
  }

  private void breakLane() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("alice", mediadrop.folder("alice"));
    mediadrop.start();
    lanes.write("broken", "- templatedRoute: nothing\n");
  }

  private void removeFolder() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    Path folder = mediadrop.folder("alice");
    lanes.add("alice", folder);
    mediadrop.start();
    Running.patiently().until(() -> health.said("lanes").contains("all lanes"));
    Files.move(folder, folder.resolveSibling("away"));
  }

  private void stopApi() throws Exception {
    mediadrop.start();
    mediadrop.sandbox().close();
    mediadrop.put("a.jpg", 5_000);
  }

  private void refuseMessages() throws Exception {
    refusing(503);
    Running.patiently().until(() -> mediadrop.undelivered() == 1);
    mediadrop
        .bean("ledger", Ledger.class)
        .note(
            handle ->
                handle.execute("UPDATE outbox SET at = at - ?", Duration.ofHours(3).toMillis()));
  }

  private void goForGood() throws Exception {
    refusing(410);
  }

  private void refusing(int status) throws Exception {
    WebhookEndpoint webhook = mediadrop.webhook();
    webhook.answering(status);
    mediadrop.start();
    mediadrop.put("a.jpg", 5_000);
  }
}
