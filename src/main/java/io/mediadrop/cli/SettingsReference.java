package io.mediadrop.cli;

import io.mediadrop.base.BundledSettings;
import io.mediadrop.base.SettingKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that there are, read from the one place where they are declared. */
class SettingsReference {

  private static final Pattern DECLARATION =
      Pattern.compile("#?(mediadrop\\.[a-z0-9.-]+)\\s*=\\s*(.*)");
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          ".*[.-](api[.-]key|connection-id|password|passphrase|secret|console\\.token)");

  /** Each subscriber has settings of its own; the default one's bear no name. */
  private static final Pattern SUBSCRIBER =
      Pattern.compile("mediadrop\\.notify\\.(?!default\\.)[a-z0-9]+(-[a-z0-9]+)*\\.(uri|secret)");

  private static final Pattern SUBSCRIBER_VARIABLE =
      Pattern.compile("MEDIADROP_NOTIFY_(?!DEFAULT_)([A-Z0-9]+(?:_[A-Z0-9]+)*)_(URI|SECRET)");

  private final Map<String, String> defaults = new TreeMap<>();

  SettingsReference() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                SettingsReference.class.getResourceAsStream(BundledSettings.RESOURCE),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(DECLARATION::matcher)
          .filter(Matcher::matches)
          .forEach(line -> defaults.put(line.group(1), line.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All keys. */
  Set<String> keys() {
    return defaults.keySet();
  }

  boolean isKnown(String key) {
    return defaults.containsKey(key) || SUBSCRIBER.matcher(key).matches();
  }

  /** The default of a key, or an empty text for one that has none. */
  String defaultOf(String key) {
    return defaults.getOrDefault(key, "");
  }

  static boolean isSecret(String key) {
    return SettingKey.isSecret(key);
  }

  /**
   * Whether the key's value is used as it is, whatever it contains; Camel reads its own by itself.
   */
  static boolean isCredential(String key) {
    return CREDENTIAL.matcher(key).matches() && !key.startsWith("camel.");
  }

  /** {@code MEDIADROP_API_KEY} for {@code mediadrop.api.key}. */
  static String variableOf(String key) {
    return SettingKey.variableOf(key);
  }

  /** The key of a variable, or null if there is none. */
  String keyOf(String variable) {
    Matcher subscriber = SUBSCRIBER_VARIABLE.matcher(variable);
    return keys().stream()
        .filter(key -> variableOf(key).equals(variable))
        .findFirst()
        .orElse(
            subscriber.matches()
                ? "mediadrop.notify.%s.%s"
                    .formatted(
                        subscriber.group(1).toLowerCase(Locale.ROOT).replace('_', '-'),
                        subscriber.group(2).toLowerCase(Locale.ROOT))
                : null);
  }

  /** The known key that looks most like a mistyped one. */
  String nearest(String mistyped) {
    return keys().stream()
        .min((a, b) -> Integer.compare(distance(a, mistyped), distance(b, mistyped)))
        .orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(cost, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
