package io.mediadrop.conventions;

import java.util.Set;
import java.util.stream.Stream;

/** Which steps bear a name: those that leave the process, and no others. */
final class Boundaries {

  private static final Set<String> NAMED = Set.of("route", "routeTemplate", "routeConfiguration");

  private Boundaries() {}

  static Stream<Finding> unnamed(Bundle bundle) {
    return steps(bundle).filter(Boundaries::leaves).flatMap(Boundaries::whatLacks);
  }

  static Stream<Finding> namedInside(Bundle bundle) {
    return bundle.routes().stream().flatMap(Yaml::everything).flatMap(Boundaries::ofPlace);
  }

  static Stream<Finding> generated(Bundle bundle) {
    return steps(bundle)
        .flatMap(step -> step.yaml().get("id").stream())
        .filter(id -> id.value().matches("[A-Za-z]+-?[0-9]{3,}|[A-Za-z]+-[0-9a-f]{4}"))
        .map(id -> id.finding("'%s' is a generated id: say what the step does", id.value()));
  }

  private static Stream<Step> steps(Bundle bundle) {
    return bundle.routes().stream().flatMap(Step::in);
  }

  private static boolean leaves(Step step) {
    return step.endpoint().filter(Endpoint::leavesTheProcess).isPresent();
  }

  private static Stream<Finding> whatLacks(Step step) {
    return Stream.of("id", "description")
        .filter(wanted -> step.yaml().get(wanted).isEmpty())
        .map(
            wanted ->
                step.yaml()
                    .finding(
                        "'%s' leaves the process: write its '%s:' below", step.kind(), wanted));
  }

  private static Stream<Finding> ofPlace(Yaml place) {
    boolean free =
        NAMED.contains(place.key())
            || isData(place)
            || new Step(place).endpoint().filter(Boundaries::mayBeNamed).isPresent();
    return free
        ? Stream.empty()
        : place.get("id").stream()
            .map(id -> id.finding("'%s' stays in the process: remove its id", place.key()));
  }

  private static boolean mayBeNamed(Endpoint endpoint) {
    return endpoint.leavesTheProcess() || endpoint.isDirect();
  }

  /** Options of an endpoint and properties of a bean may be called anything. */
  private static boolean isData(Yaml place) {
    return Set.of("parameters", "properties").contains(place.key());
  }
}
