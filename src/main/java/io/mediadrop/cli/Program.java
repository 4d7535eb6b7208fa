package io.mediadrop.cli;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;

/** A Camel main with mediadrop's routes, the user's lanes and settings, and nothing else. */
final class Program {

  private static final Pattern MISSING = Pattern.compile("Property with key \\[([^]]+)] not found");

  private Program() {}

  /** The program, ready to start. */
  static Main prepare(Settings settings, Path config) {
    Properties resolved = settings.resolved();
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setOverrideProperties(resolved);
    main.configure()
        .withName("mediadrop")
        .withRoutesIncludePattern(String.join(",", routes(config)))
        // the settings are resolved already; Camel would let the environment win once more
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        .withShutdownTimeout((int) timeout(settings))
        .withShutdownLogInflightExchangesOnTimeout(false)
        .withShutdownSuppressLoggingOnTimeout(true);
    main.addInitialProperty("camel.component.properties.environmentVariableMode", "never");
    return main;
  }

  private static long timeout(Settings settings) {
    return Math.max(1, Quantity.time(settings.get("mediadrop.shutdown.timeout")).toSeconds());
  }

  private static List<String> routes(Path config) {
    List<String> places = new ArrayList<>();
    places.add(Installation.current().routes());
    for (Path folder : new Path[] {config, config.resolve("lanes")}) {
      if (Files.isDirectory(folder)) {
        places.add("file:" + folder + "/*.camel.yaml");
      }
    }
    return places;
  }

  /** What the user has to put right, if that is why the program did not start; else null. */
  static String mistakeIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationMistake mistake) {
        return mistake.getMessage();
      }
      Matcher missing = MISSING.matcher(String.valueOf(cause.getMessage()));
      if (missing.find()) {
        return missing(missing.group(1));
      }
    }
    return null;
  }

  private static String missing(String key) {
    String places =
        SettingsReference.isSecret(key)
            ? "in config/secrets.properties (mode 0600)"
            : "in config/application.properties";
    return "%s is not set: set the environment variable %s, or write %s = … %s"
        .formatted(key, SettingsReference.variableOf(key), key, places);
  }
}
