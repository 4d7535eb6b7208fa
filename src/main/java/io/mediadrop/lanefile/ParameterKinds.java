package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks the parameters that a lane has of its own, in whose place settings would stand that are
 * checked already.
 */
final class ParameterKinds {

  private record Kind(Pattern form, String expected) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "directory", kind("(?s).*\\S.*", "the folder to watch"),
          "apiKey", kind("(?s).*\\S.*", "the key, or leave it out for mediadrop.api.key"),
          "recursive", kind("true|false", "true or false"),
          "concurrency", kind("0*[1-9]\\d{0,8}", "a whole number, at least 1"),
          "ratePerMinute", kind("\\d{1,9}(\\.\\d{1,9})?", "a number, or 0 for no limit"),
          "burst", kind("0*[1-9]\\d{0,8}", "a whole number, at least 1"));

  private ParameterKinds() {}

  private static Kind kind(String form, String expected) {
    return new Kind(Pattern.compile(form), expected);
  }

  /**
   * Does nothing if all values can be used.
   *
   * @throws ConfigurationMistake if one cannot
   */
  static void check(Map<String, String> values) {
    KINDS.forEach(
        (name, kind) -> {
          String value = values.get(name);
          if (value != null && !kind.form().matcher(value).matches()) {
            throw new ConfigurationMistake(
                "the lane's %s is '%s': write %s".formatted(name, value, kind.expected()));
          }
        });
  }
}
