package io.mediadrop.ledger;

import static io.mediadrop.cli.Running.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.base.Digests;
import io.mediadrop.cli.Running;
import io.mediadrop.file.FileStamp;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an earlier version had begun comes to the end that it would have come to there. */
class OldStatesGoOnTest {

  private static final int PART = 64 * 1024;
  private static final int LARGE = 2 * PART + 1_000;
  private static final String SALT = "5a17";
  private static final String DAY = "default/2026/11/22/";

  @RegisterExtension
  final Mediadrop mediadrop = new Mediadrop().impatiently().with("mediadrop.doubt", "resend");

  private OldLedger old;
  private int drops;

  /** A file, and its drop in this state; those of different seeds differ. */
  private void drop(String path, int size, int seed, String state, String columns, String values)
      throws IOException {
    Path file = mediadrop.put(path, size, seed);
    FileStamp stamp = FileStamp.of(file);
    String connection = HexFormat.of().formatHex(Digests.sha256(SALT + Sandbox.CONNECTION), 0, 16);
    old.run(
        ("INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state,"
                + " attempts, claimed_at%s) VALUES ('id-%s', 'default', '%s', '%s', '%2$s', %d, %d,"
                + " '%s', '%s', 1, %d%s)")
            .formatted(
                columns,
                path,
                connection,
                file,
                stamp.size(),
                stamp.modified(),
                stamp.key(),
                state,
                1_000 + drops++,
                values));
  }

  /** A session that the API does not know any more. */
  private String plan(String path, int size, int parts) {
    String uploads = mediadrop.sandbox().baseUrl() + "/v2/access/uploads";
    String all =
        IntStream.range(0, parts)
            .mapToObj(
                n ->
                    "{\"number\":%d,\"url\":\"%s/upload:%s/parts/%1$d\",\"offset\":%d,\"length\":%d}"
                        .formatted(
                            n + 1,
                            uploads,
                            path,
                            n * PART,
                            parts == 1 ? size : Math.min(PART, size - n * PART)))
            .collect(Collectors.joining(","));
    return ", 'image/jpeg', 'upload:%s', '{\"mediaUploadId\":\"upload:%1$s\",\"whole\":%s,\"parts\":[%s],\"completeUrl\":\"%s/complete\",\"expiresAt\":0}'"
        .formatted(path, parts == 1, all, uploads);
  }

  private void session(String path, int size, int seed, int parts, String state, String more)
      throws IOException {
    drop(
        path,
        size,
        seed,
        state,
        ", content_type, media_upload_id, plan, doubt_since",
        plan(path, size, parts) + ", " + more);
  }

  private void acknowledged(String path) throws IOException {
    byte[] file = Files.readAllBytes(mediadrop.drop().resolve(path));
    for (int n = 0; n * PART < file.length; n++) {
      byte[] part = Arrays.copyOfRange(file, n * PART, Math.min(file.length, (n + 1) * PART));
      old.run(
          "INSERT INTO parts VALUES ('id-%s', %d, '%s', 'e')"
              .formatted(path, n + 1, HexFormat.of().formatHex(Digests.md5().digest(part))));
    }
  }

  private void uploaded(
      String path, int size, int seed, String state, String columns, String values)
      throws IOException {
    drop(
        path,
        size,
        seed,
        state,
        ", content_type, media_upload_id, plan, checksum, md5, uploaded_at, media_id, answer,"
            + " archive_path"
            + columns,
        plan(path, size, 1)
            + ", 'sum-%s', 'sum-%1$s', 2000, 7, '{\"media\":{\"id\":7,\"type\":\"photo\",\"isReady\":true}}', '%s%1$s'%s"
                .formatted(path, DAY, values));
  }

  private void toTell(String id, String drop, String type, String due, int attempts) {
    old.run(
        "INSERT INTO outbox (id, endpoint, type, subject, number, drop_id, happened_at, data, due_at,"
            + " attempts) SELECT '%s', 'notify.default', '%s', id, 1, id, 2000, json_object('file', path), %s, %d FROM drops WHERE path = '%s'"
                .formatted(id, type, due, attempts, drop));
  }

  @Test
  void eachFileOnceAndEachEventUnderItsId() throws Exception {
    mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    // what the API has got, whatever the ledger knows of that
    Mediadrop before = mediadrop.second("before").start();
    before.put("sent.jpg", 6_000, 4);
    before.put("completed.mp4", LARGE, 6);
    before.awaitFiled(2);
    before.stop();
    WebhookEndpoint webhook = mediadrop.webhook();
    old = OldLedger.in(mediadrop.home());
    old.run("INSERT INTO facts (name, value) VALUES ('connection-salt', '" + SALT + "')");
    drop("claimed.jpg", 6_000, 1, "CLAIMED", "", "");
    session("opened.mp4", LARGE, 2, 3, "OPENED", "NULL");
    drop("waiting.jpg", 6_000, 3, "WAITING", ", due_at, waited, reason", ", 5, 1, 'no'");
    session("sent.jpg", 6_000, 4, 1, "SENDING", "NULL");
    session("lost.jpg", 6_000, 5, 1, "SENDING", "2000");
    session("completed.mp4", LARGE, 6, 3, "COMPLETING", "NULL");
    acknowledged("completed.mp4");
    drop("missing.jpg", 6_000, 7, "MISSING", ", due_at", ", 5");
    drop("failed.jpg", 6_000, 8, "FAILED", ", failed_at, reason", ", 2000, 'No.\nIts own.\nThis.'");
    uploaded("uploaded.jpg", 6_000, 9, "UPLOADED", "", "");
    uploaded("twin.jpg", 6_000, 10, "UPLOADED", ", duplicate_of", ", 'id-filed.jpg'");
    uploaded("filed.jpg", 6_000, 11, "FILED", "", "");
    Files.delete(mediadrop.drop().resolve("filed.jpg"));
    toTell("evt_filed", "filed.jpg", "media.uploaded", "3", 0);
    toTell("evt_early", "uploaded.jpg", "media.uploaded", "NULL", 0);

    mediadrop.start();
    patiently()
        .until(
            () ->
                mediadrop.drops("FILED") == 9
                    && mediadrop.drops("DUPLICATE") == 1
                    && mediadrop.drops("FAILED_MOVED") == 1
                    && mediadrop.undelivered() == 0);
    mediadrop.awaitEmptyDrop();
    assertThat(mediadrop.sandbox().uploads())
        .extracting(Upload::name)
        .containsExactlyInAnyOrder(
            "sent.jpg",
            "completed.mp4",
            "claimed.jpg",
            "opened.mp4",
            "waiting.jpg",
            "lost.jpg",
            "missing.jpg");
    assertThat(Running.filesIn(mediadrop.failed()))
        .containsExactly("default/failed.jpg", "default/failed.jpg.reason.txt");
    assertThat(
            Running.filesIn(mediadrop.archive()).stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .filter(file -> !file.endsWith(".json")))
        .containsExactlyInAnyOrder(
            "claimed.jpg",
            "opened.mp4",
            "waiting.jpg",
            "sent.jpg",
            "lost.jpg",
            "completed.mp4",
            "missing.jpg",
            "uploaded.jpg",
            "twin.jpg");
    assertThat(webhook.messages()).extracting(WebhookEndpoint.Message::id).doesNotHaveDuplicates();
    assertThat(
            webhook.messages().stream()
                .map(message -> message.type() + " " + message.data().path("file").asText())
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "media.uploaded claimed.jpg",
                "media.uploaded opened.mp4",
                "media.uploaded waiting.jpg",
                "media.uploaded sent.jpg",
                "media.uploaded lost.jpg",
                "media.uploaded completed.mp4",
                "media.uploaded missing.jpg",
                "file.failed failed.jpg",
                "media.uploaded uploaded.jpg",
                "file.duplicate twin.jpg",
                "media.uploaded filed.jpg"));
    assertThat(webhook.messages())
        .filteredOn(message -> message.data().path("file").asText().equals("filed.jpg"))
        .extracting(WebhookEndpoint.Message::id)
        .containsExactly("evt_filed");
    assertThat(mediadrop.json("sent.jpg.media.json").path("adopted").asBoolean()).isTrue();
    assertThat(mediadrop.json("completed.mp4.media.json").path("adopted").asBoolean()).isTrue();
    assertThat(mediadrop.json("lost.jpg.media.json").path("resentInDoubt").asInt()).isOne();
  }
}
