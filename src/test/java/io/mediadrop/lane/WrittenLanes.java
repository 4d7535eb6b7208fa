package io.mediadrop.lane;

import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a configuration with lanes of a test's own. */
final class WrittenLanes {

  private final Path config;

  /** The shipped settings, and no lane yet. */
  WrittenLanes(Path config) throws IOException {
    this.config = config;
    Files.createDirectories(config.resolve("lanes"));
    Files.copy(Path.of("config/application.properties"), config.resolve("application.properties"));
  }

  /** A lane of the connection {@code conn_<name>}; further parameters as {@code name, value}. */
  void add(String name, Path folder, String... parameters) throws IOException {
    StringBuilder lane =
        new StringBuilder(
            """
            - templatedRoute:
                routeId: %s
                routeTemplateRef: folder-lane
                parameters:
            """
                .formatted(name));
    parameter(lane, "directory", folder.toString());
    parameter(lane, "connectionId", "conn_" + name);
    if (!List.of(parameters).contains("apiKey")) {
      parameter(lane, "apiKey", Sandbox.KEY);
    }
    for (int n = 0; n < parameters.length; n += 2) {
      parameter(lane, parameters[n], parameters[n + 1]);
    }
    Files.writeString(config.resolve("lanes/" + name + ".camel.yaml"), lane);
  }

  private static void parameter(StringBuilder lane, String name, String value) {
    lane.append("        - name: %s%n          value: \"%s\"%n".formatted(name, value));
  }
}
