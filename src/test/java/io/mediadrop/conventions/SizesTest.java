package io.mediadrop.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A class that answers one question has some 120 lines at most, and routes name what they use. What
 * is longer today may only become less: who cuts one lowers the number here.
 */
class SizesTest {

  private static final int LONG = 120;
  private static final int MOST_LONG = 101;
  private static final int TOO_LONG = 200;
  private static final int MOST_TOO_LONG = 21;
  private static final int MOST_BEANS = 64;

  @Test
  void fewClassesAreLong() throws IOException {
    assertThat(longerThan(LONG)).hasSizeLessThanOrEqualTo(MOST_LONG);
    assertThat(longerThan(TOO_LONG)).hasSizeLessThanOrEqualTo(MOST_TOO_LONG);
  }

  @Test
  void fewBeansAreWiredInYaml() throws IOException {
    assertThat(Files.readAllLines(Path.of("routes/beans.camel.yaml")))
        .filteredOn(line -> line.startsWith("    - name:"))
        .hasSizeLessThanOrEqualTo(MOST_BEANS);
  }

  /** The sandbox is no part of what people run. */
  private static List<Path> longerThan(int lines) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith("src/main/java/io/mediadrop/sandbox"))
          .filter(file -> count(file) > lines)
          .sorted()
          .toList();
    }
  }

  private static long count(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
