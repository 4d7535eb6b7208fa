package io.mediadrop.kit;

import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A configuration with lanes of a test's own: the shipped settings, and no lane at first. */
public final class WrittenLanes {

  private static final String SETTINGS = "application.properties";

  private final Path folder;

  public WrittenLanes(Path config) {
    folder = config.resolve("lanes");
    try {
      Files.createDirectories(folder);
      Files.copy(
          Path.of("config", SETTINGS),
          config.resolve(SETTINGS),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A lane of the connection {@code conn_<name>}; further parameters as {@code name, value}. */
  public void add(String name, Path watched, String... parameters) throws IOException {
    String lane = lane(name, watched.toString(), "conn_" + name, parameters);
    if (!List.of(parameters).contains("apiKey")) {
      lane += parameter("apiKey", Sandbox.KEY);
    }
    write(name, lane);
  }

  /** Writes a file of lanes, whatever stands in it. */
  public void write(String name, String lanes) throws IOException {
    Files.writeString(file(name), lanes);
  }

  /** Takes a file of lanes away. */
  public void remove(String name) throws IOException {
    Files.delete(file(name));
  }

  /** The folder of the files of lanes. */
  public Path folder() {
    return folder;
  }

  /** The file of lanes of this name. */
  public Path file(String name) {
    return folder.resolve(name + ".camel.yaml");
  }

  /** The text of a lane; further parameters as {@code name, value}. */
  public static String lane(
      String name, String directory, String connection, String... parameters) {
    StringBuilder lane =
        new StringBuilder(
            """
            - templatedRoute:
                routeId: %s
                routeTemplateRef: folder-lane
                parameters:
            """
                .formatted(name));
    lane.append(parameter("directory", directory)).append(parameter("connectionId", connection));
    for (int n = 0; n < parameters.length; n += 2) {
      lane.append(parameter(parameters[n], parameters[n + 1]));
    }
    return lane.toString();
  }

  private static String parameter(String name, String value) {
    return "      - name: %s\n        value: \"%s\"\n".formatted(name, value);
  }
}
