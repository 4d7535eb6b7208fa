package io.mediadrop.conventions;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One step of a route: {@code to}, {@code setHeader}, {@code choice} and so on. */
record Step(Yaml yaml) {

  private static final Set<String> CALLS =
      Set.of("to", "toD", "wireTap", "poll", "enrich", "pollEnrich", "recipientList");

  /** Every step in the file, however deep, in its order. */
  static Stream<Step> in(Yaml file) {
    return file.everything().filter(yaml -> yaml.key().equals("steps")).flatMap(Step::of);
  }

  /** The steps right below {@code steps:}. */
  static Stream<Step> of(Yaml steps) {
    return steps.isList()
        ? steps.children().stream().flatMap(item -> item.children().stream()).map(Step::new)
        : Stream.empty();
  }

  String kind() {
    return yaml.key();
  }

  /** Where the step sends to or takes from, if it does either. */
  Optional<Endpoint> endpoint() {
    if (!CALLS.contains(kind())) {
      return Optional.empty();
    }
    return yaml.isScalar()
        ? Endpoint.of(yaml.value(), yaml)
        : yaml.text("uri").or(this::expression).flatMap(uri -> Endpoint.of(uri, yaml));
  }

  private Optional<String> expression() {
    List<Yaml> languages = yaml.get("expression").map(Yaml::children).orElse(List.of());
    return languages.stream().flatMap(language -> language.text("expression").stream()).findFirst();
  }
}
