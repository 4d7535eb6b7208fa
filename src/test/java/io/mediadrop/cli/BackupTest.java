package io.mediadrop.cli;

import static io.mediadrop.cli.Running.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy of the ledger is made while files go up, and put back once more were uploaded. */
class BackupTest {

  private static final int FILES = 40;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private WebhookEndpoint webhook;
  private Path copy;

  @BeforeEach
  void start() throws Exception {
    mediadrop.sandbox(SandboxOptions.defaults());
    webhook = mediadrop.webhook();
    mediadrop.log();
    copy = mediadrop.folder("copies").resolve("monday.db");
    mediadrop.start();
  }

  private Called call(String command, Path file) {
    return Called.with(
        Map.of(),
        Stream.of(
            command,
            "--config",
            ShippedConfig.folder().toString(),
            "--home",
            mediadrop.home().toString(),
            file.toString()));
  }

  private void put(String folder) {
    for (int file = 1; file <= FILES; file++) {
      mediadrop.put(folder + "/" + file + ".jpg", 5_000, file);
    }
  }

  @Test
  void losesAndDoublesNothingWhereItIsPutBackOverANewerHome() throws Exception {
    put("first");
    patiently().until(() -> mediadrop.drops("FILED") > 0);
    Called backup = call("backup", copy);
    assertThat(backup.err()).isEmpty();
    assertThat(backup.exitCode()).isZero();
    assertThat(backup.out()).contains(copy.toString(), " uploads, ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    mediadrop.awaitFiled(FILES);
    mediadrop.stop();

    Called restore = call("restore", copy);
    assertThat(restore.err()).isEmpty();
    assertThat(restore.exitCode()).isZero();
    assertThat(restore.out()).contains("is the ledger of " + mediadrop.home(), "is kept as");
    mediadrop.start();
    assertThat(mediadrop.log().warningsWith("The ledger was older than its home")).hasSize(1);
    assertThat(mediadrop.drops("FILED")).isEqualTo(FILES);
    put("again");
    patiently().until(() -> mediadrop.drops("DUPLICATE") == FILES && mediadrop.undelivered() == 0);
    assertThat(mediadrop.sandbox().uploads()).hasSize(FILES);
    assertThat(
            webhook.messages().stream()
                .filter(message -> message.type().equals("media.uploaded"))
                .map(WebhookEndpoint.Message::id)
                .distinct())
        .hasSize(FILES);
  }

  @Test
  void isNoticedThoughNothingHasHappenedSince() throws Exception {
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);
    assertThat(call("backup", copy).exitCode()).isZero();
    mediadrop.stop();
    assertThat(call("restore", copy).exitCode()).isZero();
    mediadrop.start();
    assertThat(mediadrop.log().warningsWith("The ledger was older than its home")).hasSize(1);
  }

  @Test
  void saysInOneLineWhatCannotBeDone() throws Exception {
    assertThat(call("restore", copy).err())
        .singleElement()
        .asString()
        .contains("another mediadrop");
    assertThat(call("backup", copy).exitCode()).isZero();
    assertThat(call("backup", copy).err())
        .singleElement()
        .asString()
        .contains("is there already", "another file");
    assertThat(call("backup", Path.of("/nowhere/x.db")).err())
        .singleElement()
        .asString()
        .contains("there is no folder /nowhere");
    mediadrop.stop();
    Path before = mediadrop.home().resolve("data/ledger.db");
    byte[] ledger = Files.readAllBytes(before);
    Files.write(copy, new byte[] {'n', 'o'});
    assertThat(call("restore", copy).err()).singleElement().asString().contains(copy.toString());
    assertThat(call("restore", Path.of("/nowhere/x.db")).exitCode()).isEqualTo(2);
    assertThat(before).hasBinaryContent(ledger);
  }

  @Test
  void keepsTheLedgerThatWasThereWithItsLog() throws IOException, Exception {
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);
    assertThat(call("backup", copy).exitCode()).isZero();
    Path log = mediadrop.home().resolve("data/ledger.db-wal");
    byte[] left = Files.readAllBytes(log);
    mediadrop.stop();
    Files.write(log, left);

    assertThat(call("restore", copy).exitCode()).isZero();
    assertThat(log).doesNotExist();
    try (Stream<Path> files = Files.list(mediadrop.home().resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches("ledger-until-.*\\.db"))
          .anyMatch(name -> name.matches("ledger-until-.*\\.db-wal"));
    }
  }
}
