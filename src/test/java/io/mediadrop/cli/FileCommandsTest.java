package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people ask about files, and do with them, beside a mediadrop that runs and after it. */
class FileCommandsTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final FaultScript faults = mediadrop.sandbox().faults();

  private void start() throws Exception {
    mediadrop.impatiently().start();
  }

  private Called call(String command, String... arguments) {
    return Called.with(
        Map.of("MEDIADROP_API_KEY", "a-key", "MEDIADROP_API_CONNECTION_ID", "conn_of-nobody"),
        Stream.concat(
            Stream.of(
                command,
                "--home",
                mediadrop.home().toString(),
                "--config",
                ShippedConfig.folder().toString()),
            Stream.of(arguments)));
  }

  private static JsonNode json(Called called) throws Exception {
    assertThat(called.err()).isEmpty();
    return new ObjectMapper().readTree(called.out());
  }

  @Test
  void whatWasUploadedIsListedAndFound() throws Exception {
    start();
    mediadrop.put("one.jpg", 1000, 1);
    mediadrop.awaitFiled(1);
    mediadrop.put("sub/copy of one.jpg", 1000, 1);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);

    JsonNode list = json(call("list", "--json", "--since", "1h"));
    assertThat(list.findValuesAsText("state")).containsExactlyInAnyOrder("uploaded", "duplicate");
    assertThat(list.findValuesAsText("file"))
        .containsExactlyInAnyOrder("one.jpg", "sub/copy of one.jpg");
    assertThat(json(call("list", "--json", "--lane", "another"))).isEmpty();

    String[] lines = call("list", "--csv").out().split("\r\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).startsWith("uploaded,lane,file,media id,upload id,size,checksum");
    assertThat(lines[1]).matches("[-0-9]{10} [:0-9]{8},default,.*,1000,[0-9a-f]{32},default/.*");

    JsonNode found = json(call("find", "--json", "COPY OF"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("duplicateOf").asText()).isEqualTo("default one.jpg");
    String media = list.get(0).path("mediaId").asText();
    assertThat(call("find", media).out()).contains("one.jpg: uploaded", "told      to all");
  }

  @Test
  void whatNobodyKnowsIsSaidToBeUnknown() throws Exception {
    start();

    Called called = call("find", "100%_nothing");

    assertThat(called.exitCode()).isEqualTo(1);
    assertThat(called.out()).contains("nothing is known of 100%_nothing");
    assertThat(call("list", "--since", "soon").err())
        .singleElement()
        .asString()
        .contains("--since");
  }

  @Test
  void aRefusedFileGoesBackWithItsSidecarAndIsUploaded() throws Exception {
    start();
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    Files.createDirectories(mediadrop.drop().resolve("sub"));
    Files.writeString(mediadrop.drop().resolve("sub/a.jpg.meta.json"), "{\"reference\": \"r1\"}");
    mediadrop.put("sub/a.jpg", 1000);
    mediadrop.awaitFailed(1);
    assertThat(json(call("find", "--json", "a.jpg")).get(0).path("state").asText())
        .isEqualTo("failed");

    Called called = call("retry", mediadrop.failed().resolve("default/sub/a.jpg").toString());

    assertThat(called.err()).isEmpty();
    assertThat(called.out()).contains("default sub/a.jpg goes back to", "1 put back, 0 left");
    assertThat(called.exitCode()).isZero();
    mediadrop.awaitFiled(1);
    assertThat(mediadrop.json("a.jpg.media.json").path("reference").asText()).isEqualTo("r1");
    assertThat(call("retry", "--all").out()).contains("0 put back, 0 left");
  }

  @Test
  void atRestAllOfALaneGoBackButWhatIsInTheWayOfANewFile() throws Exception {
    start();
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    mediadrop.put("a.jpg", 1000);
    mediadrop.awaitFailed(1);
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    mediadrop.put("b.jpg", 2000);
    mediadrop.awaitFailed(2);
    mediadrop.stop();
    Path anew = mediadrop.put("a.jpg", 3000);

    assertThat(call("retry", "--lane", "another", "--all").out()).contains("0 put back, 0 left");
    Called called = call("retry", "--lane", "default", "--all", "--json");

    assertThat(called.exitCode()).isEqualTo(1);
    JsonNode results = json(called);
    assertThat(results.get(0).path("error").asText()).contains("a file of its name is in");
    assertThat(results.get(1).path("folder").asText()).isEqualTo(mediadrop.drop().toString());
    assertThat(anew).hasSize(3000);
    assertThat(mediadrop.failed().resolve("default/a.jpg")).hasSize(1000);
    mediadrop.start();
    mediadrop.awaitFiled(2);
  }

  @Test
  void aFileThatWasNotRefusedIsNamed() throws Exception {
    start();

    assertThat(call("retry", "c.jpg").err())
        .singleElement()
        .asString()
        .contains("c.jpg is no refused file of this home");
    assertThat(call("retry").err()).singleElement().asString().contains("--all");
  }
}
