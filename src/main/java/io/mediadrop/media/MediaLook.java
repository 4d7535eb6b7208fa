package io.mediadrop.media;

import io.mediadrop.media.end.FileBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one look at a file tells: at its head, its tail and the places that these name.
 *
 * @param type what it is
 * @param whole false if its kind tells where it ends, and the file ends before
 */
public record MediaLook(ContentType type, boolean whole) {

  /** No photo, video or sound is smaller. */
  private static final int SMALLEST = 12;

  /** At a regular file; a link is not followed. */
  public static MediaLook at(Path path) throws IOException {
    try (FileBytes file = FileBytes.open(path)) {
      return of(path, file);
    }
  }

  /** At a file that was read already. */
  public static MediaLook at(Path path, byte[] content) throws IOException {
    return of(path, FileBytes.of(content));
  }

  private static MediaLook of(Path path, FileBytes file) throws IOException {
    ContentType type = ContentType.of(path.getFileName().toString(), TypeByMagic.of(file));
    return new MediaLook(type, isWhole(type, file));
  }

  private static boolean isWhole(ContentType type, FileBytes file) throws IOException {
    Optional<Format> format = Format.ofType(type.byMagic());
    return format.isPresent()
        ? format.get().ending().isThere(file)
        : type.isConfirmed() || hasContent(file);
  }

  /** Copies that get their room on the disk at once have nothing but zeros at first. */
  private static boolean hasContent(FileBytes file) {
    byte[] head = file.head();
    int zeros = 0;
    while (zeros < head.length && head[zeros] == 0) {
      zeros++;
    }
    return file.size() >= SMALLEST && zeros < head.length;
  }
}
