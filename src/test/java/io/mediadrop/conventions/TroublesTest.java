package io.mediadrop.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of troubles in docs/reliability.md names only tests that there are. */
class TroublesTest {

  private static final Path DOCUMENT = Path.of("docs/reliability.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  @Test
  void showsEveryTroubleByATestThatIsThere() throws IOException {
    Set<String> tests = tests();

    assertThat(rows()).hasSizeGreaterThan(40);
    for (String row : rows()) {
      List<String> named = namedIn(row.substring(row.lastIndexOf('|', row.length() - 2)));
      assertThat(named).as("%s: name a test in the last column of: %s", DOCUMENT, row).isNotEmpty();
      assertThat(tests).as("%s: no such test in: %s", DOCUMENT, row).containsAll(named);
    }
  }

  @Test
  void namesOnlyTestsThatAreThere() throws IOException {
    assertThat(tests()).containsAll(namedIn(Files.readString(DOCUMENT)));
  }

  /** The rows of the table, without its head and the names of its sections. */
  private static List<String> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith("| trouble "))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.matches("\\| \\*\\*.*\\*\\* \\| \\| \\|"))
        .toList();
  }

  private static List<String> namedIn(String text) {
    Matcher names = TEST.matcher(text);
    return names.results().map(name -> name.group(1)).toList();
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
