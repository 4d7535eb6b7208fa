package io.mediadrop.conventions;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** Whether the settings file can be read from top to bottom as a reference. */
final class SettingsForm {

  private static final String SECRET = "(.*-)?(key|secret|password|passphrase|token)";
  private static final String DURATION =
      "(.*-)?(settle|poll|after|wait|probe|timeout|interval|delay|period|keep)";
  private static final String SIZE = "(min|max)-(free|size)";

  private SettingsForm() {}

  static Stream<Finding> repeated(Bundle bundle) {
    var lines = new HashMap<String, Integer>();
    return bundle.settings().stream()
        .filter(setting -> lines.putIfAbsent(setting.key(), setting.line()) != null)
        .map(
            setting ->
                setting.finding(
                    "'%s' is declared in line %d already: delete one of them",
                    setting.key(), lines.get(setting.key())));
  }

  static Stream<Finding> unexplained(Bundle bundle) {
    return bundle.settings().stream()
        .filter(setting -> !setting.explained())
        .map(
            setting ->
                setting.finding(
                    "write a comment right above '%s': what it is and why one would change it",
                    setting.key()));
  }

  static Stream<Finding> secrets(Bundle bundle) {
    return bundle.settings().stream()
        .filter(setting -> setting.thing().matches(SECRET) && !setting.value().isEmpty())
        .map(
            setting ->
                setting.finding(
                    "a secret has a value: write '#%s=' and keep the value in the environment",
                    setting.key()));
  }

  static Stream<Finding> units(Bundle bundle) {
    List<Setting> settings = bundle.settings();
    return Stream.concat(
        settings.stream()
            .filter(setting -> setting.thing().matches(DURATION))
            .flatMap(setting -> unit(setting, "(\\d+(ms|s|m|h|d))+", "5s")),
        settings.stream()
            .filter(setting -> setting.thing().matches(SIZE))
            .flatMap(setting -> unit(setting, "\\d+(B|[KMGT]iB)", "1GiB")));
  }

  /** Only numbers need a unit: a word such as {@code never} has none. */
  private static Stream<Finding> unit(Setting setting, String form, String example) {
    return setting.value().matches("\\d.*") && !setting.value().matches(form)
        ? Stream.of(
            setting.finding(
                "'%s = %s' has no unit: write it as '%s'", setting.key(), setting.value(), example))
        : Stream.empty();
  }
}
