package io.mediadrop.conventions;

import java.util.Optional;
import java.util.Set;

/** What a {@code uri} names. */
record Endpoint(String uri, Optional<String> nameParameter) {

  private static final Set<String> IN_PROCESS =
      Set.of("direct", "seda", "log", "bean", "class", "language", "controlbus", "stub", "mock");

  static Optional<Endpoint> of(Yaml place) {
    return place.text("uri").flatMap(uri -> of(uri, place));
  }

  static Optional<Endpoint> of(String uri, Yaml place) {
    return uri.isBlank()
        ? Optional.empty()
        : Optional.of(new Endpoint(uri.strip(), place.text("parameters", "name")));
  }

  boolean leavesTheProcess() {
    return !IN_PROCESS.contains(scheme());
  }

  boolean isDirect() {
    return scheme().equals("direct");
  }

  /** A URI that is a setting is the user's choice, and may be http. */
  boolean mayBeHttp() {
    return scheme().matches("https?") || uri.startsWith("{{");
  }

  /** {@code deliver-file}, written {@code direct:deliver-file} or as the parameter {@code name}. */
  String name() {
    return uri.contains(":") ? uri.replaceFirst("[^:]*:", "") : nameParameter.orElse("");
  }

  private String scheme() {
    return uri.replaceFirst(":.*", "");
  }
}
