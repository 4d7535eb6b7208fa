package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Checks that a value is of the same kind as the setting's default. */
final class SettingKinds {

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "mediadrop.archive.assets", Set.of("records", "documents", "download", "off"),
          "mediadrop.assets.private-addresses", Set.of("true", "false"),
          "mediadrop.assets.proxy", Set.of("true", "false"),
          "mediadrop.bundle", Set.of("on", "off"),
          "mediadrop.duplicates", Set.of("skip", "upload"),
          "mediadrop.checksum", Set.of("md5", "off"),
          "mediadrop.doubt", Set.of("resend", "hold"),
          "mediadrop.ledger.sync", Set.of("full", "normal"),
          "mediadrop.log.format", Set.of("text", "json"));

  private SettingKinds() {}

  /**
   * Does nothing if the value can be used.
   *
   * @throws ConfigurationMistake if it cannot
   */
  static void check(String key, String value, String byDefault) {
    if (CHOICES.containsKey(key)) {
      require(
          CHOICES.get(key).contains(value),
          key,
          value,
          "one of " + CHOICES.get(key).stream().sorted().toList());
    } else if (key.equals("mediadrop.drop.empty-folders")) {
      require(
          value.equals("keep") || isRead(Quantity::time, value),
          key,
          value,
          "keep, or a time such as 1d");
    } else if (byDefault.equals("forever")) {
      require(isRead(Quantity::age, value), key, value, "forever, or at least 1d, such as 30d");
    } else if (byDefault.matches("\\d+(ms|s|m|h|d)")) {
      require(
          isRead(Quantity::time, value),
          key,
          value,
          "a time such as 500ms, 5s, 10m or 24h, at most 36500d");
    } else if (byDefault.matches("\\d+(ms|s|m|h|d),.*")) {
      require(
          Stream.of(value.split(",")).allMatch(time -> isRead(Quantity::time, time)),
          key,
          value,
          "times separated by commas, such as 5s, 10m, 24h");
    } else if (byDefault.matches("\\d+[KMGT]iB")) {
      require(isRead(Quantity::bytes, value), key, value, "a size such as 64KiB, 5MiB or 1GiB");
    } else if (byDefault.matches("\\d+")) {
      require(value.matches("\\d{1,9}"), key, value, "a whole number");
    } else if (!byDefault.isEmpty()) {
      require(!value.isBlank(), key, value, "a value such as " + byDefault);
    }
  }

  private static boolean isRead(Consumer<String> reader, String value) {
    try {
      reader.accept(value);
      return true;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static void require(boolean right, String key, String value, String expected) {
    if (!right) {
      throw new ConfigurationMistake(
          "%s (%s) is '%s': write %s"
              .formatted(key, SettingsReference.variableOf(key), value, expected));
    }
  }
}
