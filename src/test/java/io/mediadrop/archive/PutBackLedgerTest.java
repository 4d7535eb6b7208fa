package io.mediadrop.archive;

import static io.mediadrop.cli.Running.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfiled;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An older copy of the ledger is put back over a home that has gone on since. */
class PutBackLedgerTest {

  private static final int PART = 64 * 1024;
  private static final String OLDER = "The ledger was older than its home";

  /** All that a receipt can say again, but for what is only of use while a file is on its way. */
  private static final String SAID =
      "SELECT id || lane || connection || path || size || modified || COALESCE(content_type, '')"
          + " || COALESCE(media_upload_id, '') || COALESCE(md5, '') || checksum || adopted || tainted"
          + " || has_error || media_id || answer || archive_path || COALESCE(duplicate_of, '')"
          + " || resent || attempts || claimed_at || uploaded_at || source"
          + " || COALESCE((SELECT name || size || modified || place FROM companions c"
          + " WHERE c.drop_id = uploads.id), '') FROM uploads ORDER BY id";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private WebhookEndpoint webhook;
  private Path copy;

  @BeforeEach
  void upload() throws Exception {
    mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    webhook = mediadrop.webhook();
    copy = mediadrop.folder("copies").resolve("ledger.db");
    mediadrop.log();
    mediadrop.start();
    mediadrop.put("before.jpg", 5_000, 1);
    mediadrop.awaitFiled(1);
  }

  private Path ledger() {
    return mediadrop.home().resolve("data/ledger.db");
  }

  private void copy() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + copy + "'");
    }
  }

  private void putBack() throws IOException {
    mediadrop.stop();
    Files.deleteIfExists(Path.of(ledger() + "-wal"));
    Files.deleteIfExists(Path.of(ledger() + "-shm"));
    Files.copy(copy, ledger(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** What has no file to be known again by: each event once, each under one id. */
  private Set<String> told() {
    Map<String, Set<String>> ids =
        webhook.messages().stream()
            .collect(
                Collectors.groupingBy(
                    message -> message.type() + " " + message.data().path("file").asText(),
                    Collectors.mapping(WebhookEndpoint.Message::id, Collectors.toSet())));
    assertThat(ids.values()).allMatch(each -> each.size() == 1);
    return ids.keySet();
  }

  private List<String> ledgerRows(String query) {
    return mediadrop
        .bean("ledger", Ledger.class)
        .read(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  @Test
  void isMadeWholeSoThatNothingIsSentOrToldTwice() throws Exception {
    copy();
    Files.writeString(mediadrop.drop().resolve("since.xmp"), "edits");
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.put("trip/parts.mp4", 2 * PART + 1_000, 3);
    mediadrop.put("again.jpg", 5_000, 1);
    Files.writeString(mediadrop.drop().resolve("broken.jpg"), "no photo");
    mediadrop.awaitFailed(1);
    patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    mediadrop.awaitFiled(3);
    mediadrop.awaitEmptyDrop();
    Set<String> told = told();
    List<String> columns = ledgerRows(SAID);
    putBack();

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("3 uploads were added", "0 that it had under way", "may never be");
    assertThat(ledgerRows(SAID)).isEqualTo(columns);
    int uploads = mediadrop.sandbox().uploads().size();
    mediadrop.put("x/since.jpg", 6_000, 2);
    mediadrop.put("x/parts.mp4", 2 * PART + 1_000, 3);
    mediadrop.put("x/before.jpg", 5_000, 1);
    patiently().until(() -> mediadrop.drops("DUPLICATE") == 4 && mediadrop.undelivered() == 0);
    assertThat(mediadrop.sandbox().uploads()).hasSize(uploads);
    assertThat(told()).containsAll(told).hasSize(told.size() + 3);

    mediadrop.restart();
    assertThat(mediadrop.log().warningsWith(OLDER)).hasSize(1);
  }

  @Test
  void isNoticedThoughButOneFileWasUploadedSinceACleanStop() throws Exception {
    mediadrop.stop();
    Files.copy(ledger(), copy);
    mediadrop.start();
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    putBack();

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("1 uploads were added");
  }

  @Test
  void isNotMixedWithWhatACrashHasLeftOfTheNewerOne() throws Exception {
    mediadrop.stop();
    Files.copy(ledger(), copy);
    mediadrop.start();
    for (int file = 2; file <= 5; file++) {
      mediadrop.put(file + ".jpg", 6_000, file);
    }
    mediadrop.awaitFiled(5);
    Path crashed = mediadrop.folder("crashed");
    copyFiles(mediadrop.home().resolve("data"), crashed);
    mediadrop.stop();
    copyFiles(crashed, mediadrop.home().resolve("data"));
    Files.copy(copy, ledger(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Path.of(ledger() + "-wal")).isNotEmptyFile();

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith("a copy was put in its place")).hasSize(1);
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("4 uploads were added");
    assertThat(ledgerRows("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void keepsWhatACrashHasLeftOfItself() throws Exception {
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    Path crashed = mediadrop.folder("crashed");
    copyFiles(mediadrop.home().resolve("data"), crashed);
    mediadrop.stop();
    copyFiles(crashed, mediadrop.home().resolve("data"));

    mediadrop.start();
    assertThat(mediadrop.drops("FILED")).isEqualTo(2);
    assertThat(mediadrop.log().warnings()).isEmpty();
  }

  @Test
  void isNoticedThoughNothingLiesInTheArchiveThatItDoesNotKnow() throws Exception {
    copy();
    putBack();
    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("0 uploads were added");
  }

  @Test
  void isNoticedByReceiptsWhereAllOfDataWasPutBack() throws Exception {
    mediadrop.stop();
    Path data = mediadrop.folder("data");
    copyFiles(mediadrop.home().resolve("data"), data);
    mediadrop.start();
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    String id = mediadrop.json("since.jpg.media.json").path("id").asText();
    mediadrop.stop();
    copyFiles(data, mediadrop.home().resolve("data"));

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER)).hasSize(1);
    assertThat(ledgerRows("SELECT id FROM uploads WHERE path = 'since.jpg'")).containsExactly(id);
    mediadrop.put("new.jpg", 7_000, 4);
    mediadrop.awaitFiled(3);
    assertThat(told()).hasSize(3);
  }

  @Test
  void givesAnUploadAnotherIdWhereAnotherDropHasItByNow() throws Exception {
    copy();
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    mediadrop.put("twin.jpg", 6_000, 2);
    patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    String id = mediadrop.json("since.jpg.media.json").path("id").asText();
    putBack();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE uploads SET id = " + id);
    }

    mediadrop.start();
    assertThat(ledgerRows("SELECT path FROM uploads WHERE id = " + id))
        .containsExactly("before.jpg");
    assertThat(
            ledgerRows(
                "SELECT f.path FROM uploads u JOIN uploads f ON f.id = u.duplicate_of"
                    + " WHERE u.path = 'twin.jpg'"))
        .containsExactly("since.jpg");
  }

  @Test
  void endsWhatIsUnderWayInItAndIsUploaded() throws Exception {
    mediadrop.put("later.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    // as they were at an earlier time
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    Unfiled.again(ledger, "1 = 1");
    ledger.write(
        handle ->
            handle.execute(
                    "UPDATE work SET state = 'SENDING', due_at = NULL WHERE path = 'later.jpg'")
                + handle.execute("DELETE FROM uploads WHERE path = 'later.jpg'"));
    copy();
    ledger.write(handle -> handle.execute("DELETE FROM work"));
    int asked = mediadrop.calls(Route.CHECK).size();
    int told = webhook.messages().size();
    putBack();

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("0 uploads were added", "2 that it had under way");
    assertThat(mediadrop.drops("FILED")).isEqualTo(2);
    mediadrop.put("new.jpg", 7_000, 4);
    mediadrop.awaitFiled(3);
    assertThat(mediadrop.calls(Route.CHECK)).hasSize(asked);
    assertThat(webhook.messages()).hasSize(told + 1);
  }

  @Test
  void saysOfHowManyUploadsTheReceiptsDoNotTellEnough() throws Exception {
    copy();
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    mediadrop.put("again.jpg", 5_000, 1);
    patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    asAnEarlierVersionWroteIt("since.jpg.media.json");
    asAnEarlierVersionWroteIt("again.jpg.media.json");
    putBack();

    mediadrop.start();
    assertThat(mediadrop.log().warningsWith(OLDER))
        .singleElement()
        .asString()
        .contains("0 uploads were added", "is dropped again of 1 uploads");
  }

  private void asAnEarlierVersionWroteIt(String receipt) throws IOException {
    ObjectNode read = (ObjectNode) mediadrop.json(receipt);
    read.remove(List.of("id", "claimedAt", "connection"));
    AnswerJson.mapper().writeValue(mediadrop.archived(receipt).toFile(), read);
  }

  @Test
  void takesAsGivenUpWhatHasNoFileAnyMore() throws Exception {
    mediadrop.stop();
    mediadrop.with("mediadrop.drop.incomplete-after", "1h").start();
    Path waiting = mediadrop.drop().resolve("waiting.jpg");
    Files.writeString(waiting, "half");
    patiently().until(() -> mediadrop.drops("WAITING") == 1);
    copy();
    mediadrop.stop();
    Files.delete(waiting);
    putBack();

    mediadrop.start();
    assertThat(mediadrop.drops("GONE")).isOne();
    assertThat(mediadrop.log().warningsWith("vanished")).isEmpty();
  }

  @Test
  void followsUpWhatWasNotReadyYet() throws Exception {
    mediadrop.stop();
    MediaBehaviour later = MediaBehaviour.atOnce().ready(Due.afterPolls(1));
    mediadrop.sandbox(SandboxOptions.defaults().withMedia(name -> later));
    mediadrop.start();
    copy();
    mediadrop.put("slow.jpg", 6_000, 2);
    mediadrop.awaitFiled(2);
    putBack();

    mediadrop.start();
    assertThat(ledgerRows("SELECT drop_id FROM awaited_media"))
        .isEqualTo(ledgerRows("SELECT id FROM uploads WHERE path = 'slow.jpg'"));
    patiently().until(() -> told().contains("media.ready slow.jpg"));
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
