package io.mediadrop.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of uploads whose media are ready at once, later or never, or not there at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadinessTest {

  private static final Map<String, MediaBehaviour> BEHAVIOURS =
      Map.of(
          "once.jpg", MediaBehaviour.atOnce(),
          "later.mp4", MediaBehaviour.atOnce().ready(Due.afterPolls(3)),
          "never.jpg", MediaBehaviour.atOnce().ready(Due.never()),
          "faulty.jpg", MediaBehaviour.atOnce().ready(Due.afterPolls(2)).failing(),
          "absent.jpg", MediaBehaviour.atOnce().present(Due.never()).findable(Due.never()),
          "listed.jpg", MediaBehaviour.atOnce().present(Due.afterPolls(3)).findable(Due.never()),
          "unlisted.jpg",
              MediaBehaviour.atOnce().ready(Due.afterPolls(4)).present(Due.afterPolls(1)));

  private LogLines log;
  private WebhookEndpoint webhook;
  private Sandbox sandbox;
  private Running running;

  @BeforeAll
  void upload(@TempDir Path home) throws Exception {
    log = new LogLines();
    webhook = new WebhookEndpoint();
    sandbox = Sandbox.start(SandboxOptions.defaults().withMedia(BEHAVIOURS::get));
    running =
        Running.on(home)
            .impatiently()
            .with("mediadrop.notify.uri", webhook.uri())
            .with("mediadrop.ready.give-up-after", "2s")
            .start(sandbox);
    Waits.shorten(running.context());
    Files.writeString(running.drop().resolve("faulty.xmp"), "edits");
    int seed = 0;
    for (String name : BEHAVIOURS.keySet()) {
      MediaFiles.write(running.drop().resolve(name), 10_000 + seed, ++seed);
    }
    Running.patiently()
        .until(
            () ->
                running.drops("FILED") == BEHAVIOURS.size()
                    && awaited() == 0
                    && running.undelivered() == 0);
  }

  @AfterAll
  void stop() throws Exception {
    running.close();
    sandbox.close();
    webhook.close();
    log.close();
  }

  private int awaited() {
    return count("SELECT COUNT(*) FROM awaited_media");
  }

  private int count(String query) {
    return running
        .bean("ledgerDatabase", LedgerDatabase.class)
        .read(handle -> handle.createQuery(query).mapTo(Integer.class).one());
  }

  private List<String> told(String file) {
    return webhook.messages().stream()
        .filter(message -> message.data().path("file").asText().equals(file))
        .map(message -> message.type() + " " + message.data().path("status").asText())
        .toList();
  }

  private JsonNode last(String file) {
    return webhook.messages().stream()
        .filter(message -> message.data().path("file").asText().equals(file))
        .reduce((one, next) -> next)
        .orElseThrow()
        .data();
  }

  private JsonNode receipt(String file) throws Exception {
    return running.json("/" + file + ".media.json");
  }

  /** What each of the archived items says it is. */
  private Map<String, String> items(String file) throws Exception {
    return running.json("/" + file + ".assets.json").findParents("item").stream()
        .collect(
            Collectors.toMap(
                item -> item.path("item").asText(), item -> item.path("status").asText()));
  }

  private List<String> originals(String file) {
    return Running.filesIn(running.archive()).stream().filter(f -> f.endsWith(file)).toList();
  }

  @Test
  void isToldInOneEventWhenTheMediaIsReadyAtOnce() throws Exception {
    assertThat(told("once.jpg")).containsExactly("media.uploaded ready");
    assertThat(last("once.jpg").path("isReady").asBoolean()).isTrue();
    assertThat(receipt("once.jpg").path("status").asText()).isEqualTo("ready");
  }

  @Test
  void isToldAndArchivedWhenTheMediaHasBecomeReady() throws Exception {
    assertThat(told("later.mp4")).containsExactly("media.uploaded processing", "media.ready ready");
    JsonNode receipt = receipt("later.mp4");
    assertThat(receipt.path("status").asText()).isEqualTo("ready");
    assertThat(receipt.at("/response/media/isReady").asBoolean()).isTrue();
    assertThat(receipt.at("/response/media/files/full/url").asText()).startsWith("http");
    assertThat(receipt.path("givenUpAt").isNull()).isTrue();
    assertThat(items("later.mp4")).containsEntry("media", "ready").containsKeys("thumb", "full");
    assertThat(last("later.mp4").path("archived").asText())
        .isEqualTo(originals("later.mp4").get(0));
  }

  @Test
  void isGivenUpWhenTheMediaNeverBecomesReady() throws Exception {
    assertThat(told("never.jpg"))
        .containsExactly("media.uploaded processing", "media.failed processing");
    assertThat(last("never.jpg").path("hasError").asBoolean()).isFalse();
    assertThat(last("never.jpg").path("reason").asText())
        .isEqualTo("The API still processed it after 2s; it is not asked any more.");
    assertThat(receipt("never.jpg").path("status").asText()).isEqualTo("processing");
    assertThat(receipt("never.jpg").path("givenUpAt").asText()).endsWith("Z");
    assertThat(receipt("never.jpg").path("archived").asText())
        .isEqualTo(originals("never.jpg").get(0));
    assertThat(log.warningsWith("never.jpg")).hasSize(1);
  }

  @Test
  void isFiledAmongTheFailedWhenTheApiCouldNotProcessItAfterAll() throws Exception {
    assertThat(told("faulty.jpg"))
        .containsExactly("media.uploaded processing", "media.failed failed");
    assertThat(last("faulty.jpg").path("failed").asText()).isEqualTo("default/faulty.jpg");
    assertThat(last("faulty.jpg").path("archived").isNull()).isTrue();
    assertThat(running.failed().resolve("default/faulty.jpg"))
        .hasSize(last("faulty.jpg").path("size").asLong());
    assertThat(running.failed().resolve("default/faulty.jpg.reason.txt"))
        .content()
        .contains("could not process it")
        .contains("back into " + running.drop());
    assertThat(running.failed().resolve("default/faulty.xmp")).hasContent("edits");
    assertThat(originals("faulty.xmp")).isEmpty();
    assertThat(originals("faulty.jpg")).isEmpty();
    assertThat(receipt("faulty.jpg").path("status").asText()).isEqualTo("failed");
    assertThat(receipt("faulty.jpg").path("archived").isNull()).isTrue();
    assertThat(items("faulty.jpg")).containsEntry("media", "failed");
  }

  @Test
  void isGivenUpWhenThereIsNeverAMedia() throws Exception {
    assertThat(told("absent.jpg")).containsExactly("media.uploaded absent", "media.failed absent");
    assertThat(last("absent.jpg").path("mediaId").isNull()).isTrue();
    assertThat(last("absent.jpg").path("reason").asText()).startsWith("The API had no media of it");
    assertThat(receipt("absent.jpg").path("status").asText()).isEqualTo("absent");
    assertThat(receipt("absent.jpg").path("givenUpAt").asText()).endsWith("Z");
    assertThat(originals("absent.jpg")).hasSize(1);
  }

  @Test
  void isToldWhenTheMediaAppearsInTheListOfTheVault() throws Exception {
    assertThat(told("listed.jpg")).containsExactly("media.uploaded absent", "media.ready ready");
    long id =
        sandbox.uploads().stream()
            .filter(upload -> upload.name().equals("listed.jpg"))
            .findFirst()
            .orElseThrow()
            .mediaId();
    assertThat(last("listed.jpg").path("mediaId").asLong()).isEqualTo(id);
    assertThat(receipt("listed.jpg").path("mediaId").asLong()).isEqualTo(id);
    assertThat(items("listed.jpg")).containsEntry("media", "ready");
  }

  @Test
  void isToldWhenAMediaThatWasAbsentIsProcessedFirstAndReadyThen() throws Exception {
    assertThat(told("unlisted.jpg")).containsExactly("media.uploaded absent", "media.ready ready");
    assertThat(receipt("unlisted.jpg").path("status").asText()).isEqualTo("ready");
  }

  @Test
  void leavesNoRowOnceAllIsTold() {
    assertThat(count("SELECT COUNT(*) FROM outbox")).isZero();
  }
}
