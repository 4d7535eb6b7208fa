package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.file.FileNames;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred files of all kinds, sizes and names lie in the drop folder when mediadrop starts. */
@TestInstance(Lifecycle.PER_CLASS)
class MixedFilesIT {

  private static final int COUNT = 200;

  private LogLines log;
  private Sandbox sandbox;
  private Running running;
  private Map<String, String> dropped;
  private Map<String, Upload> uploads;

  @BeforeAll
  void dropAndAwait(@TempDir Path home) throws Exception {
    Files.createDirectories(home.resolve("drop"));
    dropped = MixedFiles.write(home.resolve("drop"), COUNT);
    log = new LogLines();
    sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(1 << 20));
    running = Running.on(home).with("mediadrop.notify.uri", "mock:notification").start(sandbox);
    running.awaitFiled(COUNT);
    uploads =
        sandbox.uploads().stream().collect(Collectors.toMap(Upload::sha256, Function.identity()));
  }

  @AfterAll
  void stop() throws IOException {
    if (running != null) {
      running.close();
    }
    sandbox.close();
    log.close();
  }

  @Test
  void arriveByteForByteAndOnce() {
    assertThat(sandbox.uploads()).hasSize(COUNT);
    assertThat(uploads.keySet()).containsExactlyInAnyOrderElementsOf(dropped.values());
  }

  @Test
  void arriveUnderTheirOwnNames() {
    dropped.forEach(
        (path, sha256) ->
            assertThat(uploads.get(sha256).name())
                .isEqualTo(Path.of(path).getFileName().toString()));
  }

  @Test
  void arriveWithTheirContentType() {
    dropped.forEach(
        (path, sha256) ->
            assertThat(uploads.get(sha256).contentType())
                .as(path)
                .isEqualTo(MixedFiles.TYPES.get(path.substring(path.lastIndexOf('.') + 1))));
  }

  @Test
  void leaveTheDropFolder() {
    assertThat(Running.filesIn(running.drop())).isEmpty();
  }

  @Test
  void lieInTheArchiveWithReceiptAndItems() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, String> file : dropped.entrySet()) {
      String place = file.getKey().replace('\\', '_');
      assertThat(MixedFiles.sha256(day().resolve(place))).as(place).isEqualTo(file.getValue());
      JsonNode receipt = json(day().resolve(FileNames.receipt(place)));
      assertThat(receipt.path("file").asText()).isEqualTo(file.getKey());
      JsonNode items = json(day().resolve(FileNames.assets(place)));
      assertThat(items.path(0).path("item").asText()).isEqualTo("media");
      expected.addAll(List.of(place, FileNames.receipt(place), FileNames.assets(place)));
    }
    assertThat(Running.filesIn(day())).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static JsonNode json(Path file) throws IOException {
    return AnswerJson.mapper().readTree(file.toFile());
  }

  private Path day() throws IOException {
    try (Stream<Path> days = Files.find(running.archive(), 4, (path, stat) -> isDay(path))) {
      return days.findFirst().orElseThrow();
    }
  }

  private boolean isDay(Path path) {
    return running.archive().relativize(path).getNameCount() == 4;
  }

  @Test
  void areAnnouncedOnceEach() throws Exception {
    MockEndpoint subscriber =
        running.context().getEndpoint("mock:notification", MockEndpoint.class);
    List<String> announced = new ArrayList<>();
    for (var exchange : subscriber.getReceivedExchanges()) {
      byte[] body = exchange.getMessage().getBody(byte[].class);
      announced.add(AnswerJson.mapper().readTree(body).path("data").path("file").asText());
    }
    assertThat(announced).containsExactlyInAnyOrderElementsOf(dropped.keySet());
  }

  @Test
  void areNothingToWorryAbout() {
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void cannotForgeALineOfTheLog() {
    assertThat(log.all())
        .filteredOn(line -> line.codePoints().anyMatch(MixedFilesIT::isDangerous))
        .isEmpty();
  }

  private static boolean isDangerous(int c) {
    return Character.isISOControl(c) || c == 0x202E;
  }
}
