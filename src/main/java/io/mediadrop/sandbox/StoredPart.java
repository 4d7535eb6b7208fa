package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One received part.
 *
 * @param file where its bytes are, or null if they were thrown away
 * @param length in bytes
 * @param md5 hexadecimal, or null
 */
record StoredPart(Path file, long length, String md5) {

  String etag() {
    return md5 == null ? "unhashed-" + length : md5;
  }

  void addTo(Checksums whole) throws IOException {
    if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        Blocks.pour(in, length, whole::update);
      }
    }
  }

  void discard() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
