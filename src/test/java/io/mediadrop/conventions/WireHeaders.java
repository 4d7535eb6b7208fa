package io.mediadrop.conventions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether headers are what goes on the wire, and state is in variables. */
final class WireHeaders {

  private static final Set<String> ON_THE_WIRE =
      Set.of(
          "apiKey",
          "x-connection-id",
          "Content-Type",
          "webhook-id",
          "webhook-timestamp",
          "webhook-signature");
  private static final Pattern SET_IN_JAVA = Pattern.compile("setVariable\\(\"(\\w+)\"");
  private static final int MOST_VARIABLES = 11;
  private static final Set<String> VARIABLE_NAMES = Set.of("variableReceive", "variableSend");

  private WireHeaders() {}

  static Stream<Finding> ofHeaders(Bundle bundle) {
    return names(bundle, "setHeader", "setHeaders", "headers")
        .filter(name -> !isOnTheWire(name.value()))
        .map(
            name ->
                name.finding(
                    "header '%s' is none that a peer must see: keep it in a variable",
                    name.value()));
  }

  static Stream<Finding> ofVariables(Bundle bundle) {
    return variables(bundle)
        .filter(name -> !name.value().matches("[a-z][A-Za-z0-9]*"))
        .map(
            name ->
                name.finding(
                    "variable '%s' is not lowerCamel without dots: write '%s'",
                    name.value(), lowerCamel(name.value())));
  }

  private static Stream<Yaml> variables(Bundle bundle) {
    Stream<Yaml> set = names(bundle, "setVariable", "setVariables", "variables");
    Stream<Yaml> named =
        bundle.routes().stream()
            .flatMap(Yaml::everything)
            .filter(place -> VARIABLE_NAMES.contains(place.key()) && place.isScalar());
    return Stream.concat(set, named);
  }

  /** Variables are shared memory: what a step needs is the body, as far as that is possible. */
  static Stream<Finding> ofNumber(Bundle bundle) {
    Set<String> known = new HashSet<>();
    Stream<Named> inRoutes =
        variables(bundle).map(name -> new Named(name.value(), name.file(), name.line()));
    return Stream.concat(inRoutes, bundle.code().stream().flatMap(WireHeaders::setIn))
        .filter(each -> known.add(each.variable()) && known.size() > MOST_VARIABLES)
        .map(Named::oneTooMany);
  }

  private static Stream<Named> setIn(CodeLine line) {
    return SET_IN_JAVA
        .matcher(line.text())
        .results()
        .map(match -> new Named(match.group(1), line.file(), line.line()));
  }

  private record Named(String variable, String file, int line) {

    Finding oneTooMany() {
      return new Finding(
          file,
          line,
          "variable '%s' is one more than %d: let what it holds be the body, or a part of what another variable holds"
              .formatted(variable, MOST_VARIABLES));
    }
  }

  private static boolean isOnTheWire(String name) {
    return ON_THE_WIRE.contains(name) || name.matches("Camel[A-Z]\\w*");
  }

  private static Stream<Yaml> names(Bundle bundle, String one, String many, String list) {
    List<Step> steps = bundle.routes().stream().flatMap(Step::in).toList();
    Stream<Yaml> single = steps.stream().filter(step -> step.kind().equals(one)).map(Step::yaml);
    Stream<Yaml> several =
        steps.stream()
            .filter(step -> step.kind().equals(many))
            .flatMap(step -> step.yaml().get(list).stream())
            .flatMap(items -> items.children().stream());
    return Stream.concat(single, several).flatMap(item -> item.get("name").stream());
  }

  private static String lowerCamel(String name) {
    var words = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      String first = word.substring(0, Math.min(1, word.length()));
      words.append(words.isEmpty() ? first.toLowerCase() : first.toUpperCase());
      words.append(word.substring(first.length()));
    }
    return words.toString();
  }
}
