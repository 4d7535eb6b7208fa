package io.mediadrop.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes media files of an exact size for tests: jpg, jpeg, png, gif, webp, heic, mp4, mov, webm,
 * mp3 and m4a. The same seed gives the same bytes. A size too small for a whole file of the format
 * gives its beginning, as a copy that was cut off.
 */
public final class MediaFiles {

  /** What the head of a cut file says its size is. */
  private static final long WHOLE = 1 << 20;

  private MediaFiles() {}

  /** In the format of its extension. */
  public static Path write(Path file, long size) {
    return write(file, size, 0);
  }

  /** In the format of its extension; files of different seeds differ. */
  public static Path write(Path file, long size, long seed) {
    String name = file.getFileName().toString();
    return write(file, name.substring(name.lastIndexOf('.') + 1), size, seed);
  }

  /** In the format of {@code extension}, whatever the file's name says. */
  public static Path write(Path file, String extension, long size, long seed) {
    MediaShape shape = MediaShape.of(extension);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
      write(shape, out, size, seed);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The size from which a file of the format is whole. */
  public static long smallest(String extension) {
    MediaShape shape = MediaShape.of(extension);
    return shape.head().apply(WHOLE).length + shape.tail().length + 4L;
  }

  private static void write(MediaShape shape, OutputStream out, long size, long seed)
      throws IOException {
    byte[] head = shape.head().apply(size);
    long content = size - head.length - shape.tail().length;
    if (content < 4) {
      byte[] cut = IsoBox.join(shape.head().apply(WHOLE), new byte[3], shape.tail());
      out.write(cut, 0, (int) Math.min(size, cut.length));
    } else {
      out.write(head);
      shape.filling().write(out, content, new SplittableRandom(seed));
      out.write(shape.tail());
    }
  }
}
