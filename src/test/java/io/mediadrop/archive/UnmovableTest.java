package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is uploaded is told after a while, also if the original cannot be moved. */
class UnmovableTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox = mediadrop.sandbox();
  private final WebhookEndpoint webhook = mediadrop.webhook();
  private final LogLines log = mediadrop.log();

  private void start() throws Exception {
    mediadrop.impatiently().start();
  }

  /** A file with the name of the lane's folder: nothing of the lane's can be put there. */
  private Path barrier(String folder) throws Exception {
    return Files.writeString(
        Files.createDirectories(mediadrop.home().resolve(folder)).resolve("default"), "in the way");
  }

  private JsonNode told(int message) {
    Running.patiently().until(() -> webhook.messages().size() > message);
    return webhook.messages().get(message).data();
  }

  private void aFewLooksLaterNothingElseIsTold(String... types) {
    Awaitility.await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(webhook.types()).containsExactly(types));
  }

  @Test
  void isToldWithTheReasonAndNotOnceMoreWhenItIsFiled() throws Exception {
    Path barrier = barrier("archive");
    start();
    mediadrop.put("a.jpg", 1000);

    JsonNode data = told(0);
    assertThat(data.path("archived").isNull()).isTrue();
    assertThat(data.path("notMoved").asText())
        .isNotEmpty()
        .doesNotContain(mediadrop.home().toString());
    assertThat(data.path("status").asText()).isEqualTo("ready");
    aFewLooksLaterNothingElseIsTold("media.uploaded");
    assertThat(mediadrop.drop().resolve("a.jpg")).exists();

    Files.delete(barrier);
    mediadrop.awaitFiled(1);
    assertThat(mediadrop.json("a.jpg.media.json").path("archived").asText())
        .matches("default/.*/a.jpg");
    assertThat(mediadrop.json("a.jpg.assets.json")).isNotEmpty();
    assertThat(webhook.types()).containsExactly("media.uploaded");
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void isNotToldOnceMoreAfterARestart() throws Exception {
    Path barrier = barrier("archive");
    start();
    mediadrop.put("a.jpg", 1000);
    told(0);
    Running.patiently().until(() -> mediadrop.undelivered() == 0);
    mediadrop.stop();

    start();
    aFewLooksLaterNothingElseIsTold("media.uploaded");
    Files.delete(barrier);
    mediadrop.awaitFiled(1);
    assertThat(webhook.types()).containsExactly("media.uploaded");
  }

  @Test
  void isFollowedUpUntilItsMediaIsReady() throws Exception {
    sandbox.close();
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults()
                .withMedia(MediaBehaviour.atOnce().ready(Due.after(Duration.ofSeconds(10)))));
    Path barrier = barrier("archive");
    start();
    mediadrop.put("a.jpg", 1000);
    assertThat(told(0).path("status").asText()).isEqualTo("processing");
    Files.delete(barrier);
    assertThat(told(1).path("status").asText()).isEqualTo("ready");
    mediadrop.awaitFiled(1);
    assertThat(webhook.types()).containsExactly("media.uploaded", "media.ready");
    assertThat(mediadrop.json("a.jpg.media.json").path("status").asText()).isEqualTo("ready");
  }

  @Test
  void isToldOfADuplicateToo() throws Exception {
    start();
    mediadrop.put("a.jpg", 1000);
    mediadrop.awaitFiled(1);
    Path day = mediadrop.archive().resolve("default");
    Path away = mediadrop.home().resolve("away");
    Files.move(day, away);
    Path barrier = barrier("archive");
    mediadrop.put("b.jpg", 1000);

    JsonNode data = told(1);
    assertThat(data.path("archived").isNull()).isTrue();
    assertThat(data.path("notMoved").asText()).isNotEmpty();
    Files.delete(barrier);
    Files.move(away, day);
    Running.patiently()
        .until(() -> mediadrop.drops("DUPLICATE") == 1 && mediadrop.undelivered() == 0);
    assertThat(webhook.types()).containsExactly("media.uploaded", "file.duplicate");
  }

  @Test
  void isToldOfARefusedFileToo() throws Exception {
    Path barrier = barrier("failed");
    start();
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    mediadrop.put("a.jpg", 1000);

    JsonNode data = told(0);
    assertThat(data.path("failed").isNull()).isTrue();
    assertThat(data.path("notMoved").asText()).isNotEmpty();
    assertThat(data.path("requestId").asText()).isNotEmpty();
    Files.delete(barrier);
    mediadrop.awaitFailed(1);
    assertThat(webhook.types()).isEqualTo(List.of("file.failed"));
  }
}
