package io.mediadrop.base;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a setting is called elsewhere, and what to do where it is missing. */
public final class SettingKey {

  private static final Pattern SECRET =
      Pattern.compile(".*[.-](key|secret|password|passphrase|token|connection-id)");

  private static final Pattern MISSING = Pattern.compile("Property with key \\[([^]]+)] not found");

  private SettingKey() {}

  /** Whether the setting's value must not be shown. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  /** {@code MEDIADROP_API_KEY} for {@code mediadrop.api.key}. */
  public static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  /** What to do about the setting that Camel misses, or null if it misses none. */
  public static String missing(Throwable failure) {
    Matcher missing = MISSING.matcher(String.valueOf(failure.getMessage()));
    return missing.find() ? missing(missing.group(1)) : null;
  }

  private static String missing(String key) {
    String places =
        isSecret(key)
            ? "in secrets.properties (mode 0600) in the configuration folder"
            : "in application.properties in the configuration folder";
    return "%s is not set: set the environment variable %s, or write %s = … %s"
        .formatted(key, variableOf(key), key, places);
  }
}
