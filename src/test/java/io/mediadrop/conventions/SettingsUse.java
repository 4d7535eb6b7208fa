package io.mediadrop.conventions;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Whether settings and what reads them fit each other. */
final class SettingsUse {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{[?!]?(mediadrop\\.[\\w.-]+)(:[^}]*)?}}");

  private SettingsUse() {}

  static Stream<Finding> unused(Bundle bundle) {
    List<String> readers = readers(bundle);
    return bundle.settings().stream()
        .filter(setting -> !isCamels(setting))
        .filter(setting -> readers.stream().noneMatch(reader -> names(reader, setting.key())))
        .map(setting -> setting.finding("nothing reads '%s': delete it", setting.key()));
  }

  static Stream<Finding> undeclared(Bundle bundle) {
    Set<String> declared = bundle.settings().stream().map(Setting::key).collect(Collectors.toSet());
    return texts(bundle).flatMap(text -> placeholders(text, declared));
  }

  /** Settings may be read by routes, by classes and by other settings. */
  private static List<String> readers(Bundle bundle) {
    return Stream.of(
            texts(bundle).map(Yaml::value),
            bundle.code().stream().map(CodeLine::text),
            bundle.settings().stream().map(Setting::value))
        .flatMap(reader -> reader)
        .toList();
  }

  private static Stream<Yaml> texts(Bundle bundle) {
    return bundle.all().stream().flatMap(Yaml::everything).filter(Yaml::isScalar);
  }

  private static boolean isCamels(Setting setting) {
    return setting.key().startsWith("camel.");
  }

  private static boolean names(String reader, String key) {
    int at = reader.indexOf(key);
    return at >= 0 && !isPartOfKey(reader, at - 1) && !isPartOfKey(reader, at + key.length());
  }

  private static boolean isPartOfKey(String text, int at) {
    return at >= 0 && at < text.length() && (text.charAt(at) + "").matches("[\\w.-]");
  }

  private static Stream<Finding> placeholders(Yaml text, Set<String> declared) {
    return PLACEHOLDER
        .matcher(text.value())
        .results()
        .filter(match -> !declared.contains(match.group(1)))
        .map(
            match ->
                new Finding(
                    text.file(),
                    lineOf(text, match.start()),
                    "'%s' is no setting: declare it in config/application.properties"
                        .formatted(match.group(1))));
  }

  private static int lineOf(Yaml text, int at) {
    boolean block = ((ScalarNode) text.node()).getScalarStyle() == ScalarStyle.LITERAL;
    long above = text.value().substring(0, at).chars().filter(c -> c == '\n').count();
    return block ? text.line() + 1 + (int) above : text.line();
  }
}
