package io.mediadrop.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Tells whether an MP4 or QuickTime file has its index: a recorder writes the box {@code moov} when
 * it ends, and a copy that was broken off lacks the end of a box.
 */
public final class MovieIndex {

  private static final int SMALL_HEADER = 8;
  private static final int LARGE_HEADER = 16;

  private MovieIndex() {}

  /**
   * Whether the file's boxes fill it exactly and the index is among them; also true for a file of
   * fragments, which carries its index in pieces.
   */
  public static boolean isComplete(Path file) throws IOException {
    try (SeekableByteChannel movie =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      boolean index = false;
      long at = 0;
      while (at + SMALL_HEADER <= movie.size()) {
        ByteBuffer header = header(movie, at);
        long length = lengthOf(header, movie.size() - at);
        if (length < SMALL_HEADER) {
          // what follows the last box is padding that some cameras write
          return index;
        }
        if (length > movie.size() - at) {
          return false;
        }
        index |= nameOf(header).equals("moov");
        at += length;
      }
      return index;
    }
  }

  private static ByteBuffer header(SeekableByteChannel movie, long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER);
    movie.position(at);
    while (header.hasRemaining() && movie.read(header) >= 0) {
      continue;
    }
    return header;
  }

  private static long lengthOf(ByteBuffer header, long rest) {
    long length = Integer.toUnsignedLong(header.getInt(0));
    if (length == 1) {
      return header.getLong(SMALL_HEADER);
    }
    return length == 0 ? rest : length;
  }

  private static String nameOf(ByteBuffer header) {
    return new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
  }
}
