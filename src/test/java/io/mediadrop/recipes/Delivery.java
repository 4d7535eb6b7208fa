package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What every archive endpoint owes the user, looked at on the server itself. */
final class Delivery {

  /** A name that an endpoint could take for an expression, a query or a fragment. */
  static final String NAME = "Ä ${env:HOME} #1?*.jpg";

  private static final List<String> ITEMS =
      List.of(
          "full",
          "full-source-1",
          "media",
          "preview",
          "preview-option-1",
          "square-preview",
          "thumb");

  private final ArchiveServer server;
  private final Path home;
  private final Path config;

  Delivery(ArchiveServer server, Path home, Path config) {
    this.server = server;
    this.home = home;
    this.config = config;
  }

  /** Items in one array, an outage in which a file is dropped, then a message per item. */
  void check() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines()) {
      try (Running running = Recipe.run(home, config).start(sandbox)) {
        MediaFiles.write(running.drop().resolve(NAME), 1_000, 1);
        running.awaitFiled(1);
        assertArrived(NAME);

        server.stop();
        MediaFiles.write(running.drop().resolve("later.jpg"), 1_000, 2);
        Running.patiently().until(() -> !log.warningsWith("archive did not take").isEmpty());
        assertThat(running.drops("FILED")).isEqualTo(2);
        // its events may be told a little later
        Running.patiently().until(() -> running.undelivered() == 1);
        server.start();
        running.awaitFiled(2);
        assertArrived("later.jpg");
      }
      assertThat(server.files()).hasSize(4);
      assertThat(sandbox.uploads()).hasSize(2);

      try (Running running =
          Recipe.run(home, config).with("mediadrop.archive.assets", "documents").start(sandbox)) {
        MediaFiles.write(running.drop().resolve("each.jpg"), 1_000, 3);
        running.awaitFiled(3);
      }
      assertItemsArrived("each.jpg");
    }
  }

  private void assertArrived(String name) throws Exception {
    Map<String, byte[]> files = server.files();
    String receipt = only(files, name + ".media.json");
    assertThat(receipt).matches("default/\\d{4}/\\d\\d/\\d\\d/[^/]+");
    assertThat(files.get(receipt))
        .isEqualTo(Files.readAllBytes(home.resolve("archive").resolve(receipt)));
    JsonNode items = json(files.get(receipt.replace(".media.json", ".assets.json")));
    assertThat(items.isArray()).isTrue();
    assertThat(items)
        .extracting(item -> item.path("item").asText())
        .containsExactlyInAnyOrderElementsOf(ITEMS);
  }

  private void assertItemsArrived(String name) throws Exception {
    Map<String, byte[]> files = server.files();
    assertThat(files).hasSize(4 + 1 + ITEMS.size());
    only(files, name + ".media.json");
    for (String item : ITEMS) {
      String file = only(files, "/" + name + "." + item + ".assets.json");
      assertThat(json(files.get(file)).path("item").asText()).isEqualTo(item);
    }
  }

  private static String only(Map<String, byte[]> files, String end) {
    List<String> found = files.keySet().stream().filter(file -> file.endsWith(end)).toList();
    assertThat(found).as("%s among %s", end, files.keySet()).hasSize(1);
    return found.get(0);
  }

  private static JsonNode json(byte[] content) throws Exception {
    return AnswerJson.mapper().readTree(content);
  }

  /** A server that refuses what it is offered, and perhaps repeats it, lets nothing leak. */
  static void assertRefusedInSilence(Path home, Path config, String endpoint, String... secrets)
      throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines()) {
      try (Running running = Recipe.run(home, config).start(sandbox)) {
        MediaFiles.write(running.drop().resolve("good.mp4"), 1_000, 4);
        Files.writeString(running.drop().resolve("bad.txt"), "no media");
        Running.patiently().until(() -> !log.warningsWith(endpoint + " did not take").isEmpty());
      }
      assertThat(secretsIn(String.join("\n", log.all()), secrets)).isEmpty();
      for (String file : Running.filesIn(home)) {
        byte[] content = Files.readAllBytes(home.resolve(file));
        assertThat(secretsIn(new String(content, StandardCharsets.ISO_8859_1), secrets))
            .as(file)
            .isEmpty();
      }
    }
  }

  private static List<String> secretsIn(String text, String... secrets) {
    return Stream.of(text.split("\n"))
        .filter(line -> Arrays.stream(secrets).anyMatch(line::contains))
        .toList();
  }
}
