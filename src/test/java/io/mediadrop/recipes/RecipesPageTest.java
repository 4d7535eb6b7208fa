package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page shows is what the tests of recipes follow. */
class RecipesPageTest {

  /** Each of these headings is followed by a test of its own. */
  private static final List<String> TRIED =
      List.of("Another disk", "SFTP", "S3", "A message broker", "Mail", "Traces");

  @Test
  void hasNoSettingsThatNoTestFollows() {
    List<String> sections = Stream.of(Recipe.page().split("\\n## ")).skip(1).toList();

    assertThat(sections)
        .filteredOn(section -> section.contains("```properties"))
        .extracting(section -> section.lines().findFirst().orElseThrow())
        .containsExactlyElementsOf(TRIED);
    assertThat(Pattern.compile("```properties\n(.*)").matcher(Recipe.page()).results())
        .extracting(block -> block.group(1))
        .allMatch(line -> line.matches("# config/(application|secrets)\\.properties"));
  }

  @Test
  void linksToEachRouteThatThereIs() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("docs/recipes"))) {
      assertThat(TRIED.stream().flatMap(heading -> Recipe.named(heading).routes().stream()))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(file -> file.toString().endsWith(".camel.yaml"))
                  .map(file -> "recipes/" + file.getFileName())
                  .toList());
    }
  }
}
