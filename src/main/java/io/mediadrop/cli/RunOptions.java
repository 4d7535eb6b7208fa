package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.WriteRights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a command is told about the place and the settings that it works with. */
final class RunOptions {

  /** Camel reads these in the path of a folder as something else. */
  private static final Pattern MISREAD =
      Pattern.compile("\\?|%[0-9A-Fa-f]{2}|\\{\\{|\\$(simple)?\\{");

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The folder with drop, archive, failed and data (default: media).")
  private Path home;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "The folder with application.properties and lanes (default: config).")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one setting; beats the environment and the files. No secrets here.")
  private Map<String, String> set = new LinkedHashMap<>();

  private final Map<String, String> environment;

  RunOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The settings as they are at the moment. */
  Settings settings() {
    Settings settings =
        new Settings()
            .files(configuration())
            .environment(environment)
            .javaOptions(System.getProperties())
            .commandLine(set);
    return settings.with("mediadrop.home", home(settings).toString());
  }

  /**
   * The folder with the configuration, absolute.
   *
   * @throws ConfigurationMistake if it is not there, or others can change it
   */
  Path configuration() {
    Path folder = config == null ? Installation.current().config() : config;
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationMistake(
          "the configuration folder %s %s: name one with --config DIR"
              .formatted(folder, Files.exists(folder) ? "is no folder" : "does not exist"));
    }
    WriteRights.requireOwnersOnly(folder);
    return folder.toAbsolutePath().normalize();
  }

  private Path home(Settings settings) {
    Path place =
        home != null ? home : Installation.current().root().resolve(settings.get("mediadrop.home"));
    return readable(place, "the home %s (mediadrop.home, MEDIADROP_HOME)");
  }

  /**
   * The folder's path, absolute.
   *
   * @throws ConfigurationMistake if Camel would read it as another
   */
  static Path readable(Path folder) {
    return readable(folder, "the folder %s");
  }

  private static Path readable(Path folder, String what) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (MISREAD.matcher(absolute.toString()).find()) {
      throw new ConfigurationMistake(
          what.formatted(absolute)
              + ": its path must not contain '?', '{{', '${' or '%' before two hex digits: choose"
              + " another");
    }
    return absolute;
  }
}
