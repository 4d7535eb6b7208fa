package io.mediadrop.media.end;

import java.io.IOException;

/** GIF: the trailer, a semicolon behind the last block. */
final class GifEnd {

  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3b;

  private GifEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    // every block ends with an empty one
    return file.has(file.size() - 2, "\0;") || hasTrailer(file);
  }

  /** Browsers do without the trailer where the last block is whole, and pass over stray zeros. */
  private static boolean hasTrailer(FileBytes file) throws IOException {
    long at = 13 + colours(file, 10);
    boolean image = false;
    while (at < file.size()) {
      switch ((int) file.big(at, 1)) {
        case IMAGE -> {
          at = behindBlocks(file, at + 11 + colours(file, at + 9));
          image = true;
        }
        case EXTENSION -> at = behindBlocks(file, at + 2);
        case TRAILER -> {
          return true;
        }
        case 0 -> {
          at++;
          image &= at < file.size();
        }
        default -> {
          return image;
        }
      }
    }
    return image;
  }

  private static long behindBlocks(FileBytes file, long first) throws IOException {
    long at = first;
    long block;
    do {
      block = file.big(at, 1);
      at += 1 + block;
    } while (block > 0);
    return at;
  }

  /** How many bytes the table has that these flags tell of. */
  private static long colours(FileBytes file, long flags) throws IOException {
    int packed = (int) file.big(flags, 1);
    return (packed & 0x80) == 0 ? 0 : 3L << (packed & 7) + 1;
  }
}
