package io.mediadrop.conventions;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether what decides between ways only looks. A tracer evaluates the condition of a filter, a
 * choice or a loop once more than the route does, and what it changes would be changed twice.
 */
final class Predicates {

  private static final Set<String> DECIDING =
      Set.of("filter", "when", "loop", "onWhen", "validate");

  private static final Pattern PROPERTY =
      Pattern.compile("\\$\\{(?:body|variable\\.\\w+)\\.(\\w+)}");
  private static final Pattern ASKING = Pattern.compile("(is|has|may|can|goes)[A-Z]\\w*");

  /** As far as the text of a method tells. */
  private static final Pattern ACTING =
      Pattern.compile(
          "\\.(write|note|put\\w*|add|remove|poll|take|clear|set[A-Z]\\w*|incrementAndGet)\\("
              + "|\\w(\\+\\+|--)|^\\w+(\\.\\w+)* = ");

  private final List<CodeLine> code;

  private Predicates(Bundle bundle) {
    code = bundle.code();
  }

  static Stream<Finding> acting(Bundle bundle) {
    Predicates predicates = new Predicates(bundle);
    return bundle.routes().stream()
        .flatMap(Yaml::everything)
        .filter(place -> DECIDING.contains(place.key()) && place.isMapping())
        .flatMap(place -> place.get("expression").stream())
        .flatMap(predicates::of);
  }

  private Stream<Finding> of(Yaml expression) {
    return Stream.concat(
            expression.text("method", "method").stream(),
            expression.text("simple", "expression").stream().flatMap(Predicates::properties))
        .flatMap(method -> of(expression, method));
  }

  /** What is asked for alone: what is compared with something may be called anything. */
  private static Stream<String> properties(String simple) {
    Matcher property = PROPERTY.matcher(simple.strip());
    return property.matches() ? Stream.of(property.group(1)) : Stream.empty();
  }

  private Stream<Finding> of(Yaml expression, String method) {
    if (!ASKING.matcher(method).matches()) {
      return Stream.of(
          expression.finding(
              "'%s' does not sound like a question: a condition only looks, so call it"
                  + " 'is…', 'has…', 'may…' or 'can…', and act in a step",
              method));
    }
    return bodyOf(method)
        .filter(line -> ACTING.matcher(line.text()).find())
        .map(
            line ->
                line.finding(
                    "'%s' is a condition of a route and may not change anything: do that in a"
                        + " step before it",
                    method));
  }

  /** The lines of every public method of this name that answers yes or no. */
  private Stream<CodeLine> bodyOf(String method) {
    Pattern head = Pattern.compile("public boolean " + method + "\\(.*");
    return Stream.iterate(0, i -> i < code.size(), i -> i + 1)
        .filter(i -> head.matcher(code.get(i).text()).matches())
        .flatMap(i -> code.subList(i + 1, end(i)).stream());
  }

  private int end(int head) {
    int depth = 0;
    for (int i = head; i < code.size(); i++) {
      String text = code.get(i).text();
      depth += text.replaceAll("[^{]", "").length() - text.replaceAll("[^}]", "").length();
      if (depth == 0 && text.endsWith("}")) {
        return i;
      }
    }
    return code.size();
  }
}
