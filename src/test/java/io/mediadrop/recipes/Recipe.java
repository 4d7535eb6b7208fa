package io.mediadrop.recipes;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A section of the page of recipes, followed to the letter, with this machine's servers. */
public final class Recipe {

  static final Path PAGE = Path.of("docs/recipes.md");

  private static final Pattern BLOCK =
      Pattern.compile("```properties\\n# (config/\\S+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROUTE = Pattern.compile("\\((recipes/[a-z0-9-]+\\.camel\\.yaml)\\)");

  private final String text;
  private final Map<String, String> replacements = new LinkedHashMap<>();

  private Recipe(String text) {
    this.text = text;
  }

  /** The recipe under this heading. */
  public static Recipe named(String heading) {
    String page = page();
    int begin = page.indexOf("\n## " + heading + "\n");
    assertThat(begin).as(heading).isNotNegative();
    int end = page.indexOf("\n## ", begin + 1);
    return new Recipe(page.substring(begin, end < 0 ? page.length() : end));
  }

  /** The whole page. */
  public static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes this where the recipe has an example. */
  public Recipe with(String example, String here) {
    assertThat(text).contains(example);
    replacements.put(example, here);
    return this;
  }

  /** Does what the recipe says, in a folder with a configuration. */
  public Path into(Path folder) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Path lanes = Files.createDirectories(config.resolve("lanes"));
    Files.copy(
        Path.of("config/lanes/default.camel.yaml"),
        lanes.resolve("default.camel.yaml"),
        REPLACE_EXISTING);
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      write(folder.resolve(block.group(1)), replaced(block.group(2)));
    }
    for (String route : routes()) {
      Path file = Path.of("docs").resolve(route);
      Files.copy(file, config.resolve(file.getFileName()));
    }
    return config;
  }

  /** The files of routes that it links to. */
  List<String> routes() {
    return ROUTE.matcher(text).results().map(route -> route.group(1)).toList();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    if (file.endsWith("secrets.properties")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private String replaced(String block) {
    String replaced = block;
    for (Map.Entry<String, String> replacement : replacements.entrySet()) {
      replaced =
          replaced.replaceAll(
              Pattern.quote(replacement.getKey()),
              Matcher.quoteReplacement(replacement.getValue()));
    }
    return replaced;
  }

  /** A run with the recipe's configuration that does not wait long before it tries again. */
  static Running.Builder run(Path home, Path config) {
    return Running.on(home)
        .config(config)
        .with("mediadrop.outbox.waits", "300ms, 300ms, 300ms, 1s, 1s, 1s, 1s, 1s, 1s");
  }
}
