package io.mediadrop.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The routes of recipes are written as the bundle's own are. */
class RecipeConventionsTest {

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HEADER", "PLAIN_JAVA", "ONE_WIRING", "USED_SETTING", "DECLARED_SETTING"})
  void keep(Convention convention) throws Exception {
    Path routes = Files.createDirectory(root.resolve("routes"));
    try (Stream<Path> files = Files.list(Path.of("docs/recipes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    Bundle recipes = new Bundle(root);

    assertThat(recipes.routes()).isNotEmpty();
    assertThat(convention.findings(recipes)).isEmpty();
  }
}
