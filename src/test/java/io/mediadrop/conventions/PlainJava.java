package io.mediadrop.conventions;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether classes are plain, and wired in the one file that every runtime reads. */
final class PlainJava {

  private static final Pattern FRAMEWORK =
      Pattern.compile(
          "@(Component|ApplicationScoped|BindToRegistry|Inject|Autowired)\\b"
              + "|org\\.apache\\.camel\\.main\\b");

  private PlainJava() {}

  static Stream<Finding> ofClasses(Bundle bundle) {
    return bundle.code().stream()
        .filter(line -> !line.file().matches("src/main/java/io/mediadrop/(cli|demo)/.*"))
        .flatMap(PlainJava::ofLine);
  }

  static Stream<Finding> ofWiring(Bundle bundle) {
    return bundle.all().stream()
        .flatMap(
            file ->
                file.file().equals("routes/beans.camel.yaml")
                    ? routesBeside(file)
                    : Stream.concat(beansBeside(file), beansMadeOnTheWay(file)));
  }

  /** Camel-main opens the beans of a file twice that has routes as well. */
  private static Stream<Finding> routesBeside(Yaml file) {
    return Route.in(file)
        .map(route -> route.yaml().finding("a route beside beans: give it a file of its own"));
  }

  private static Stream<Finding> ofLine(CodeLine line) {
    return FRAMEWORK
        .matcher(line.text())
        .results()
        .map(
            match ->
                line.finding(
                    "'%s' ties the class to one runtime: write a plain class and wire it in"
                        + " routes/beans.camel.yaml",
                    match.group()));
  }

  private static Stream<Finding> beansBeside(Yaml file) {
    return file.children().stream()
        .flatMap(item -> item.get("beans").stream())
        .map(beans -> beans.finding("beans beside routes: move them to routes/beans.camel.yaml"));
  }

  private static Stream<Finding> beansMadeOnTheWay(Yaml place) {
    if (place.key().equals("beans")) {
      return Stream.empty();
    }
    Stream<Finding> below = place.children().stream().flatMap(PlainJava::beansMadeOnTheWay);
    return isClass(place)
        ? Stream.of(
            place.finding(
                "'%s' makes a bean on the way: wire it in routes/beans.camel.yaml and write 'ref:'",
                place.value()))
        : below;
  }

  private static boolean isClass(Yaml place) {
    return place.isScalar()
        && (place.key().equals("beanType") || place.value().startsWith("#class:"));
  }
}
