package io.mediadrop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file with the secrets in the configuration folder, which its owner alone can read. */
final class SecretsFile {

  private final Path file;

  SecretsFile(Path configuration) {
    file = configuration.resolve("secrets.properties");
  }

  /** Adds one more; returns the file. What others had written there stays as it was. */
  Path add(String key, String value) throws IOException {
    Path place = Files.exists(file) ? file.toRealPath() : file;
    String before = Files.exists(place) ? Files.readString(place) : "";
    String end = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    // made for its owner alone, from the first byte on
    Path written = Files.createTempFile(place.getParent(), ".secrets", ".tmp");
    try {
      Files.writeString(written, before + end + key + " = " + value.replace("\\", "\\\\") + "\n");
      Files.move(
          written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
    return file;
  }
}
