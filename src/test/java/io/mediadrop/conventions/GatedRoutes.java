package io.mediadrop.conventions;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether each route that answers over HTTP is behind the console's gate, and there only with it.
 */
final class GatedRoutes {

  private static final String SCHEME = "platform-http:";
  private static final String PLACE = SCHEME + "{{mediadrop.console.path}}/";

  private GatedRoutes() {}

  static Stream<Finding> of(Bundle bundle) {
    return bundle.routes().stream()
        .flatMap(Route::in)
        .filter(route -> uri(route).filter(uri -> uri.value().startsWith(SCHEME)).isPresent())
        .flatMap(GatedRoutes::of);
  }

  private static Stream<Finding> of(Route route) {
    return Stream.of(
            option(route, "precondition", "{{console:open}}", "\"{{console:open}}\""),
            option(route, "routeConfigurationId", "console-gate", "console-gate"),
            // Camel's stream cache would keep a whole body in memory
            option(route, "streamCache", "false", "false"),
            place(route))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> option(Route route, String name, String value, String written) {
    return route.yaml().text(name).filter(value::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            route.yaml().finding("a route of the console: write '%s: %s'", name, written));
  }

  private static Optional<Finding> place(Route route) {
    return uri(route)
        .filter(uri -> !uri.value().startsWith(PLACE))
        .map(uri -> uri.finding("a route of the console: begin its uri with '%s'", PLACE));
  }

  private static Optional<Yaml> uri(Route route) {
    return route.from().flatMap(from -> from.get("uri"));
  }
}
