package io.mediadrop.cli;

import io.mediadrop.base.AddressMistake;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.base.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelException;
import org.apache.camel.RuntimeCamelException;

/** Why the program did not start, in one line for the person who has to put it right. */
final class StartFailure {

  private static final Pattern ENDPOINT_KEY =
      Pattern.compile("to\\[\\{\\{(?:endpoint-of:)?(mediadrop\\.[^}]+)}}]");
  private static final Pattern FRAME = Pattern.compile("\\s*\\R\\s*at .*", Pattern.DOTALL);

  private StartFailure() {}

  /** The line about a trouble that may be over the next time, or null if it is none. */
  static String explainPassing(Throwable failure) {
    Throwable passing = PassingTrouble.in(failure);
    if (passing == null) {
      return null;
    }
    return oneLine(
        (passing instanceof PassingTrouble
                ? passing.getMessage()
                : "the start failed: " + passing.getMessage())
            + " (no setting is wrong: start again once that is over)");
  }

  /** The line, or null if nobody could put it right but us. */
  static String explain(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    for (Throwable cause : causes) {
      if (cause instanceof ConfigurationMistake mistake) {
        return oneLine(mistake.getMessage());
      }
      String missing = SettingKey.missing(cause);
      if (missing != null) {
        return missing;
      }
    }
    return isAboutRoutes(causes) ? aboutRoutes(causes) : null;
  }

  /** Camel's own exceptions at the start, and those of its YAML reader, are about what it read. */
  private static boolean isAboutRoutes(List<Throwable> causes) {
    return causes.stream()
        .anyMatch(
            cause ->
                cause instanceof CamelException
                    || cause instanceof RuntimeCamelException
                    || cause.getClass().getName().startsWith("org.snakeyaml.engine.")
                    || cause.getClass().getName().startsWith("org.apache.camel.dsl.yaml."));
  }

  private static String aboutRoutes(List<Throwable> causes) {
    String what = oneLine(String.valueOf(causes.get(causes.size() - 1).getMessage()));
    String where = oneLine(String.valueOf(causes.get(0).getMessage()));
    Matcher endpoint = ENDPOINT_KEY.matcher(where);
    if (endpoint.find()) {
      String key = endpoint.group(1);
      return "%s (%s) is no endpoint that can be reached: %s"
          .formatted(key, SettingsReference.variableOf(key), what);
    }
    return "the routes cannot be started: " + (where.contains(what) ? where : where + ": " + what);
  }

  /** The message without line ends, and without the stack that Camel's YAML reader puts in it. */
  private static String oneLine(String message) {
    String line = FRAME.matcher(message).replaceFirst("").replaceAll("\\s+", " ").strip();
    return AddressMistake.explained(line);
  }
}
