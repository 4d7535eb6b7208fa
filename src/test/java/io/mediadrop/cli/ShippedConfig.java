package io.mediadrop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What mediadrop is shipped with in {@code config}, in a folder of its own: whoever works in a
 * checkout may have lanes and secrets there, whose files are none of the tests' business.
 */
public final class ShippedConfig {

  /** All of it, below the folder. */
  public static final List<String> FILES =
      List.of("application.properties", "lanes/default.camel.yaml");

  private static final Path COPY = copy();

  private ShippedConfig() {}

  /** The folder, absolute. */
  public static Path folder() {
    return COPY;
  }

  private static Path copy() {
    try {
      Path folder = Files.createTempDirectory("mediadrop-config");
      folder.toFile().deleteOnExit();
      Path lanes = Files.createDirectory(folder.resolve("lanes"));
      lanes.toFile().deleteOnExit();
      for (String name : FILES) {
        Path file = Files.copy(Path.of("config").resolve(name), folder.resolve(name));
        file.toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
