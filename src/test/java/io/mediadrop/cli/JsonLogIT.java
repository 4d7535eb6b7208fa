package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log lines for a machine that gathers them. */
class JsonLogIT {

  @TempDir Path folder;

  @Test
  void isOneObjectALineThatSaysWhatTheTextSays() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Launched run =
            Launched.distribution(folder)
                .against(sandbox)
                .start("run", "--home", "home", "--set", "mediadrop.log.format=json")) {
      run.awaitSaid("watches");
      MediaFiles.write(folder.resolve("home/drop/a \"b\".jpg"), 1_000);
      Files.writeString(folder.resolve("home/drop/bad.txt"), "no media");
      run.awaitSaid("is uploaded as media");
      run.awaitSaid("bad.txt was not uploaded");

      List<JsonNode> lines = new ArrayList<>();
      for (String line : run.out().lines().toList()) {
        lines.add(new ObjectMapper().readTree(line));
      }
      assertThat(lines)
          .hasSizeGreaterThan(3)
          .allSatisfy(
              line -> {
                assertThat(line.path("timestamp").asLong()).isGreaterThan(1_700_000_000_000L);
                assertThat(line.path("level").asText()).matches("INFO|WARN|ERROR");
                assertThat(line.path("formattedMessage").asText()).isNotBlank();
                assertThat(line.has("arguments")).isFalse();
              });
      assertThat(lines)
          .extracting(line -> line.path("formattedMessage").asText())
          .anyMatch(text -> text.startsWith("default a \"b\".jpg is uploaded as media "));
      assertThat(run.out()).doesNotContain(Sandbox.KEY, Sandbox.CONNECTION);
    }
  }
}
