package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfiled;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive has receipts of which the ledger beside it knows nothing. */
class RestoredLedgerTest {

  private static final String UNKNOWN = "The ledger knows nothing of";
  private static final int PART = 64 * 1024;

  @TempDir Path folder;
  private final LogLines log = new LogLines();
  private Path home;
  private Sandbox sandbox;
  private Running running;
  private int files;

  @BeforeEach
  void start() throws Exception {
    home = folder.resolve("home");
    sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
    restart();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
    sandbox.close();
    log.close();
  }

  private void restart() throws Exception {
    if (running != null) {
      running.close();
    }
    running = Running.on(home).with("mediadrop.disk.min-free", "1MiB").start(sandbox);
  }

  private void upload(String name, int size) throws Exception {
    Path file = running.drop().resolve(name);
    Files.createDirectories(file.getParent());
    MediaFiles.write(file, size, ++files);
    running.awaitFiled(files);
  }

  private void uploadAndStop(String name) throws Exception {
    upload(name, 5000);
    running.close();
  }

  @Test
  void isNoticedWhereTheDataIsGoneAltogether() throws Exception {
    upload("a.jpg", 5000);
    uploadAndStop("b.jpg");
    delete(home.resolve("data"));

    restart();
    assertThat(log.warningsWith(UNKNOWN))
        .singleElement()
        .asString()
        .contains("2 uploads", "/b.jpg", home.toString())
        .contains("still lies in a watched folder", "'after: keep'", "uploaded again now")
        .contains("stop mediadrop at once");
    restart();
    assertThat(log.warningsWith(UNKNOWN)).hasSize(1);
  }

  @Test
  void isNoneOfItsMakingWhereAnotherHomesArchiveIsMovedIn() throws Exception {
    uploadAndStop("a.jpg");
    Path archive = folder.resolve("moved");
    copy(home.resolve("archive"), archive);
    delete(home);
    files = 0;
    restart();
    uploadAndStop("b.jpg");
    delete(home.resolve("archive"));
    copy(archive, home.resolve("archive"));

    restart();
    assertThat(log.warningsWith(UNKNOWN)).hasSize(1);
    assertThat(running.drops("FILED")).isEqualTo(1);
  }

  @Test
  void isNoticedByReceiptsOfAnEarlierVersionToo() throws Exception {
    uploadAndStop("a.jpg");
    withoutIds();
    delete(home.resolve("data"));

    restart();
    assertThat(log.warningsWith(UNKNOWN)).hasSize(1);
  }

  @Test
  void isNotSeenWhereThereIsNone() throws Exception {
    upload("a.jpg", 5000);
    upload("trip 1/" + "x".repeat(251) + ".jpg", 5000);
    upload("a/b/ü.mp4", 2 * PART + 1000);
    MediaFiles.write(running.drop().resolve("again.jpg"), 5000, 1);
    Running.patiently().until(() -> running.drops("DUPLICATE") == 1 && running.undelivered() == 0);
    restart();
    // as if it was killed after the receipt was written
    Unfiled.again(running.bean("ledger", Ledger.class), "1 = 1");
    restart();
    running.close();
    withoutIds();
    restart();
    assertThat(log.warningsWith(UNKNOWN)).isEmpty();

    running.close();
    copy(home.resolve("archive"), folder.resolve("moved"));
    delete(home.resolve("archive"));
    restart();
    assertThat(log.warningsWith(UNKNOWN)).isEmpty();
  }

  @Test
  void couldBeMadeWholeFromWhatReceiptsHold() throws Exception {
    upload("a.mp4", 2 * PART + 1000);
    upload("b.jpg", 5000);

    JsonNode parts = receipt("a.mp4");
    assertThat(parts.path("parts").findValuesAsText("size"))
        .containsExactly("" + PART, "" + PART, "1000");
    assertThat(parts.path("parts").findValuesAsText("md5"))
        .hasSize(3)
        .allMatch(md5 -> md5.matches("[0-9a-f]{32}"));
    assertThat(parts.path("checksum").asText()).endsWith("-3");
    JsonNode whole = receipt("b.jpg");
    assertThat(whole.has("parts")).isFalse();
    for (JsonNode receipt : List.of(parts, whole)) {
      String row =
          running
              .bean("ledger", Ledger.class)
              .read(
                  handle ->
                      handle
                          .createQuery(
                              "SELECT connection || ' ' || claimed_at FROM drops WHERE id = ?")
                          .bind(0, receipt.path("id").asText())
                          .mapTo(String.class)
                          .one());
      long claimed = Instant.parse(receipt.path("claimedAt").asText()).toEpochMilli();
      assertThat(row).isEqualTo(receipt.path("connection").asText() + " " + claimed);
      assertThat(receipt.toString()).doesNotContain(Sandbox.CONNECTION, Sandbox.KEY);
    }
  }

  @Test
  void staysSoWhenAReceiptIsWrittenAnewAfterTheLedgerForgotTheParts() throws Exception {
    upload("a.mp4", 2 * PART + 1000);
    JsonNode before = receipt("a.mp4");
    running.bean("ledger", Ledger.class).write(handle -> handle.execute("DELETE FROM parts"));
    running
        .bean("archive", Archive.class)
        .renewReceipt(
            running.bean("uploadRecords", UploadRecords.class).ofDrop(before.path("id").asLong()));

    assertThat(receipt("a.mp4")).isEqualTo(before);
  }

  private JsonNode receipt(String name) throws IOException {
    return running.json(name + ".media.json");
  }

  /** Makes receipts such as they were before they held the drop's id. */
  private void withoutIds() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path archive = home.resolve("archive");
    for (String file : Running.filesIn(archive)) {
      if (file.endsWith(".media.json")) {
        ObjectNode receipt = (ObjectNode) json.readTree(archive.resolve(file).toFile());
        receipt.remove(List.of("id", "connection", "parts"));
        json.writeValue(archive.resolve(file).toFile(), receipt);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
