package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/run}, whose numbers mean nothing. */
class BenchIT {

  private static final Path REPORT = Path.of("target/bench/docs");

  @TempDir Path folder;

  @Test
  void measuresMediadropBesideTheMinimalUploader() throws Exception {
    Path said = folder.resolve("said.txt");
    Process bench =
        new ProcessBuilder("bench/run", "--quick", "--peers", "mediadrop,minimal", "small")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(bench.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      bench.destroy();
    }

    assertThat(said).content().contains("time until published");
    assertThat(bench.exitValue()).isZero();
    assertThat(REPORT.resolve("performance.md"))
        .content()
        .contains("| mediadrop |", "| minimal |", "performance/small.svg");
    Path picture = REPORT.resolve("performance/small.svg");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(picture.toFile())
                .getElementsByTagName("rect")
                .getLength())
        .as("the ground and a bar for each")
        .isEqualTo(3);
    assertThat(Files.exists(Path.of("target/bench/work"))).isFalse();
  }
}
