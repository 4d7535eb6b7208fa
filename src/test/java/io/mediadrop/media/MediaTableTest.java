package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.end.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in docs/media.md says what the code does. */
class MediaTableTest {

  private static final Path DOCUMENT = Path.of("docs/media.md");

  /** The cells of a row: type, names, end. */
  private static List<String[]> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith("| type "))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
        .toList();
  }

  @Test
  void listsEveryKindWithItsTypeAndNames() throws IOException {
    List<String> documented = rows().stream().map(row -> row[0] + ": " + row[1]).toList();
    List<String> known =
        Arrays.stream(Format.values())
            .map(format -> format.type() + ": " + String.join(" ", format.extensions()))
            .toList();

    assertThat(documented).containsExactlyElementsOf(known);
  }

  @Test
  void saysOfWhichKindsTheEndIsNotTold() throws IOException {
    List<String> documented =
        rows().stream().filter(row -> row[2].equals("not told")).map(row -> row[0]).toList();
    List<String> known =
        Arrays.stream(Format.values())
            .filter(format -> format.ending() == Ending.UNTOLD)
            .map(Format::type)
            .toList();

    assertThat(documented).containsExactlyElementsOf(known);
  }
}
