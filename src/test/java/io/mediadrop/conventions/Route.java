package io.mediadrop.conventions;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A {@code route} or a {@code routeTemplate}. */
record Route(Yaml yaml) {

  private static final Set<String> KINDS = Set.of("route", "routeTemplate");

  /** In the order of the file; the route inside a template belongs to the template. */
  static Stream<Route> in(Yaml file) {
    return file.children().stream()
        .flatMap(item -> item.children().stream())
        .filter(entry -> KINDS.contains(entry.key()))
        .map(Route::new);
  }

  Optional<Yaml> id() {
    return yaml.get("id");
  }

  Optional<Yaml> from() {
    return yaml.get("from").or(() -> yaml.get("route", "from"));
  }
}
