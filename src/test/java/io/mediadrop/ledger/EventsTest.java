package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Filed;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a subscriber is told of; that each event is as documented is looked at in every run. */
class EventsTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox;
  private final WebhookEndpoint webhook = mediadrop.webhook();

  private void run(SandboxOptions options) throws Exception {
    sandbox = mediadrop.sandbox(options);
    mediadrop.impatiently().start();
  }

  private void awaitTypes(String... types) {
    Running.patiently()
        .untilAsserted(() -> assertThat(webhook.types()).containsExactlyInAnyOrder(types));
  }

  private JsonNode told(String type) {
    return webhook.messages().stream()
        .filter(message -> message.type().equals(type))
        .findFirst()
        .orElseThrow()
        .data();
  }

  @Test
  void tellsWhyAFileFailedAndWhereItLies() throws Exception {
    run(SandboxOptions.defaults());
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    Files.createDirectories(mediadrop.drop().resolve("trip"));
    mediadrop.put("trip/a.jpg", 1_000);
    awaitTypes("file.failed");

    JsonNode data = told("file.failed");
    assertThat(data.path("file").asText()).isEqualTo("trip/a.jpg");
    assertThat(data.path("reason").asText()).contains("415");
    assertThat(data.path("requestId").asText()).isNotEmpty();
    assertThat(data.path("failed").asText()).isEqualTo("default/trip/a.jpg");
    assertThat(mediadrop.failed().resolve(data.path("failed").asText())).exists();
    // that it was taken is written a moment after it was
    Running.patiently().until(() -> mediadrop.undelivered() == 0);
  }

  @Test
  void tellsThatTheApiCouldNotProcessAMediaAfterItsUpload() throws Exception {
    run(SandboxOptions.defaults().withMedia(MediaBehaviour.atOnce().failing()));
    webhook.answering(
        (number, exchange) -> exchange.sendResponseHeaders(number < 3 ? 500 : 204, -1));
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> webhook.messages().size() == 4);

    // in their order, although the first one was not taken twice
    assertThat(webhook.types())
        .containsExactly("media.uploaded", "media.uploaded", "media.uploaded", "media.failed");
    JsonNode data = told("media.failed");
    assertThat(data.path("hasError").asBoolean()).isTrue();
    assertThat(data.path("archived").isNull()).isTrue();
    assertThat(data.path("failed").asText()).isEqualTo("default/a.jpg");
  }

  @Test
  void tellsOnceWhoeverFilesItOnceMore() throws Exception {
    run(SandboxOptions.defaults());
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);
    UploadRecords records = mediadrop.bean("uploadRecords", UploadRecords.class);
    Drop drop =
        mediadrop
            .bean("ledger", Ledger.class)
            .read(
                handle -> new DropRows().where(handle, "path = 'a.jpg'").map(new DropRows()).one());
    records.filed(List.of(new Filed(drop, records.of(drop), drop.archivePath(), null)), 0);

    Running.patiently().until(() -> mediadrop.undelivered() == 0);
    assertThat(webhook.types()).containsExactly("media.uploaded");
  }

  @Test
  void tellsOfADuplicate() throws Exception {
    run(SandboxOptions.defaults());
    mediadrop.put("a.jpg", 1_000);
    awaitTypes("media.uploaded");
    mediadrop.put("b.jpg", 1_000);
    awaitTypes("media.uploaded", "file.duplicate");

    assertThat(told("file.duplicate").path("mediaId"))
        .isEqualTo(told("media.uploaded").path("mediaId"));
    assertThat(told("file.duplicate").path("file").asText()).isEqualTo("b.jpg");
  }

  @Test
  void tellsOfAPauseAndOfItsEnd() throws Exception {
    run(SandboxOptions.defaults());
    sandbox.connection(Sandbox.CONNECTION).expire();
    mediadrop.put("a.jpg", 1_000);
    awaitTypes("lane.paused");
    assertThat(told("lane.paused").path("lane").asText()).isEqualTo("default");
    assertThat(told("lane.paused").path("remedy").asText()).contains("log in again");

    sandbox.connection(Sandbox.CONNECTION).reconnect();
    awaitTypes("lane.paused", "lane.resumed", "media.uploaded");
  }

  private int setSummarizedUntil(Instant time) {
    return mediadrop
        .bean("ledger", Ledger.class)
        .write(
            handle ->
                handle.execute(
                    "UPDATE facts SET value = ? WHERE name = 'summarized-until'", time.toString()));
  }

  private Instant summarizedUntil() {
    return mediadrop
        .bean("ledger", Ledger.class)
        .read(
            handle ->
                Instant.parse(
                    handle
                        .createQuery("SELECT value FROM facts WHERE name = 'summarized-until'")
                        .mapTo(String.class)
                        .one()));
  }

  @Test
  void sumsUpAgainOnceAClockThatRanAheadIsPutRight() throws Exception {
    run(SandboxOptions.defaults());
    Instant nextYear = Instant.now().plus(Duration.ofDays(365));
    Running.patiently().until(() -> setSummarizedUntil(nextYear) == 1);

    Running.patiently().until(() -> summarizedUntil().isBefore(nextYear));
    assertThat(summarizedUntil()).isBefore(Instant.now());
    assertThat(webhook.types()).isEmpty();
  }

  @Test
  void sumsADayUp() throws Exception {
    run(SandboxOptions.defaults());
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    mediadrop.put("a.jpg", 1_000);
    awaitTypes("file.failed");
    mediadrop.put("b.jpg", 1_000, 1);
    awaitTypes("file.failed", "media.uploaded");

    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    Running.patiently().until(() -> setSummarizedUntil(yesterday) == 1);
    awaitTypes("file.failed", "media.uploaded", "run.summary");

    JsonNode data = told("run.summary");
    assertThat(data.path("from").asText()).isEqualTo(yesterday.toString());
    JsonNode lane = data.path("lanes").path(0);
    assertThat(lane.path("lane").asText()).isEqualTo("default");
    assertThat(lane.path("uploaded").asInt()).isEqualTo(1);
    assertThat(lane.path("failed").asInt()).isEqualTo(1);
    assertThat(lane.path("waiting").asInt()).isZero();
    assertThat(lane.path("oldest").isNull()).isTrue();
  }

  @Test
  void staysBelowTwentyKilobytesHoweverLongTheNamesAre() throws Exception {
    run(SandboxOptions.defaults());
    String folder = "\u0001".repeat(200);
    Path deep = mediadrop.drop();
    for (int i = 0; i < 15; i++) {
      deep = deep.resolve(folder);
    }
    Files.createDirectories(deep);
    MediaFiles.write(deep.resolve("a.jpg"), 1_000);
    awaitTypes("media.uploaded");

    assertThat(webhook.messages().get(0).body()).hasSizeLessThan(20_000);
    assertThat(told("media.uploaded").path("truncated").asBoolean()).isTrue();
  }
}
