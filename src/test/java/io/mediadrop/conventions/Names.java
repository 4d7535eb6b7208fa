package io.mediadrop.conventions;

import java.util.stream.Stream;

/** How files and routes are named and described. */
final class Names {

  private static final String KEBAB = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private Names() {}

  static Stream<Finding> ofFiles(Bundle bundle) {
    return bundle.routes().stream()
        .flatMap(file -> Route.in(file).limit(1).flatMap(route -> ofFile(file.stem(), route)));
  }

  static Stream<Finding> ofDirectRoutes(Bundle bundle) {
    return routes(bundle).flatMap(Names::ofDirectRoute);
  }

  static Stream<Finding> ofIds(Bundle bundle) {
    return bundle.routes().stream()
        .flatMap(Yaml::everything)
        .filter(yaml -> yaml.key().equals("id") && yaml.isScalar())
        .filter(id -> !id.value().matches(KEBAB))
        .map(id -> id.finding("id '%s' is not kebab-case: write 'verb-noun'", id.value()));
  }

  static Stream<Finding> ofDescriptions(Bundle bundle) {
    return routes(bundle).flatMap(Names::ofDescription);
  }

  private static Stream<Route> routes(Bundle bundle) {
    return bundle.routes().stream().flatMap(Route::in);
  }

  private static Stream<Finding> ofFile(String stem, Route first) {
    if (first.id().isEmpty()) {
      return Stream.of(first.yaml().finding("the route has no id: write 'id: %s'", stem));
    }
    return first.id().stream()
        .filter(id -> !id.value().equals(stem))
        .map(
            id -> id.finding("the file's first route is not named after it: write 'id: %s'", stem));
  }

  private static Stream<Finding> ofDirectRoute(Route route) {
    String id = route.id().map(Yaml::value).orElse("");
    return route.from().stream()
        .filter(from -> from.text("uri").isPresent())
        .filter(from -> Endpoint.of(from).filter(Endpoint::isDirect).isPresent())
        .filter(from -> !Endpoint.of(from).orElseThrow().name().equals(id))
        .map(from -> uri(from).finding("a route is called by its id: write 'direct:%s'", id));
  }

  private static Yaml uri(Yaml from) {
    return from.get("uri").orElse(from);
  }

  private static Stream<Finding> ofDescription(Route route) {
    var description = route.yaml().get("description").filter(Yaml::isScalar);
    if (description.isEmpty()) {
      return Stream.of(
          route.yaml().finding("no description: write one sentence, as 'Uploads one file'"));
    }
    return description.stream()
        .filter(text -> !isThirdPersonSentence(text.value().strip()))
        .map(
            text ->
                text.finding(
                    "'%s' is not one sentence in the third person without a full stop:"
                        + " write it as 'Uploads one file'",
                    text.value().strip()));
  }

  private static boolean isThirdPersonSentence(String text) {
    return text.matches("(?s)[A-Z]\\w*s\\b.*[^.!?]") && !text.matches("(?s).*[.!?]\\s+[A-Z].*");
  }
}
