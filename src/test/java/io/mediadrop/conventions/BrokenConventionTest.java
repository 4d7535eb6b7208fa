package io.mediadrop.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder {@code broken/<convention>/<case>} is a small bundle with one mistake, and {@code
 * expected.txt} beside it is what is said about it.
 */
class BrokenConventionTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/conventions");
  private static final Path BROKEN = EXAMPLES.resolve("broken");

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenBundles")
  void isReportedWithFileLineAndRemedy(Path bundle) throws IOException {
    assertThat(findings(BROKEN.resolve(bundle)))
        .containsExactlyElementsOf(
            Files.readAllLines(BROKEN.resolve(bundle).resolve("expected.txt")));
  }

  @ParameterizedTest
  @EnumSource
  void isShownForEveryConvention(Convention convention) {
    assertThat(BROKEN.resolve(convention.folder())).isNotEmptyDirectory();
  }

  @Test
  void isNotSeenInAGoodBundle() {
    assertThat(findings(EXAMPLES.resolve("good"))).isEmpty();
  }

  static List<Path> brokenBundles() throws IOException {
    try (Stream<Path> cases = Files.find(BROKEN, 2, (path, is) -> is.isDirectory())) {
      return cases
          .map(BROKEN::relativize)
          .filter(path -> path.getNameCount() == 2)
          .sorted()
          .toList();
    }
  }

  private static List<String> findings(Path root) {
    return Arrays.stream(Convention.values())
        .flatMap(convention -> convention.findings(new Bundle(root)).stream())
        .map(Finding::toString)
        .toList();
  }
}
