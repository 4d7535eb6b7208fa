package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ArchiveEndpointTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path elsewhere;

  private Map<String, JsonNode> archived(String assets) throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    mediadrop
        .with("mediadrop.archive.uri", "mock:archive")
        .with("mediadrop.archive.assets", assets)
        .start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.calls()).noneMatch(call -> call.route() == Route.MEDIA_FILE);
    Map<String, JsonNode> bodies = new TreeMap<>();
    List<Message> messages =
        mediadrop.context().getEndpoint("mock:archive", MockEndpoint.class).getExchanges().stream()
            .map(exchange -> exchange.getMessage())
            .toList();
    for (Message message : messages) {
      assertThat(message.getHeaders()).containsOnlyKeys("CamelFileName");
      String name = message.getHeader("CamelFileName", String.class);
      assertThat(name).matches("default/\\d{4}/\\d\\d/\\d\\d/a\\.jpg\\..+\\.json");
      JsonNode body = AnswerJson.mapper().readTree(message.getBody(byte[].class));
      assertThat(bodies.put(name.substring(name.lastIndexOf('/') + 1), body)).isNull();
    }
    return bodies;
  }

  @Test
  void getsTheItemsInOneArrayAndTheReceipt() throws Exception {
    Map<String, JsonNode> bodies = archived("records");

    assertThat(bodies).containsOnlyKeys("a.jpg.assets.json", "a.jpg.media.json");
    assertThat(bodies.get("a.jpg.assets.json"))
        .extracting(item -> item.path("item").asText())
        .containsExactly(
            "media",
            "full",
            "full-source-1",
            "thumb",
            "preview",
            "preview-option-1",
            "square-preview");
    assertThat(bodies.get("a.jpg.media.json").path("response").path("media").isObject()).isTrue();
  }

  @Test
  void getsAMessagePerItemAndTheReceipt() throws Exception {
    Map<String, JsonNode> bodies = archived("documents");

    assertThat(bodies)
        .containsOnlyKeys(
            "a.jpg.full-source-1.assets.json",
            "a.jpg.full.assets.json",
            "a.jpg.media.assets.json",
            "a.jpg.media.json",
            "a.jpg.preview-option-1.assets.json",
            "a.jpg.preview.assets.json",
            "a.jpg.square-preview.assets.json",
            "a.jpg.thumb.assets.json");
  }

  @Test
  void getsTheReceiptAloneWhereTheItemsAreOff() throws Exception {
    assertThat(archived("off")).containsOnlyKeys("a.jpg.media.json");
  }

  @Test
  void mayBeAnotherFolderWhileTheOriginalsStayInTheHome() throws Exception {
    mediadrop.with("mediadrop.archive.uri", "file:" + elsewhere + "?fileExist=Override").start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(Running.filesIn(elsewhere))
        .hasSize(2)
        .allMatch(file -> file.matches(".*/a\\.jpg\\.(assets|media)\\.json"));
    assertThat(Running.filesIn(mediadrop.archive()))
        .hasSize(2)
        .allMatch(file -> file.matches(".*/a\\.jpg(\\.media\\.json)?"));
  }
}
