package io.mediadrop.media.end;

import java.io.IOException;

/** Photoshop: the picture of all layers together, which comes last. */
final class PhotoshopEnd {

  private static final int PACKED = 1;

  private PhotoshopEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    boolean large = file.big(4, 2) == 2;
    long rows = file.big(12, 2) * file.big(14, 4);
    long row = (file.big(18, 4) * file.big(22, 2) + 7) / 8;
    long at = behind(file, behind(file, 26, 4), 4);
    at = behind(file, at, large ? 8 : 4);
    long packing = file.big(at, 2);
    at += 2;
    if (packing > PACKED) {
      return true; // by one long stream, whose length nobody tells
    }
    long length = packing == PACKED ? packed(file, at, rows, large ? 4 : 2) : rows * row;
    boolean blank = packing == PACKED && file.endsBlank(at + length);
    return at + length <= file.size() && !blank;
  }

  private static long behind(FileBytes file, long section, int bytes) throws IOException {
    return section + bytes + file.big(section, bytes);
  }

  /** A table of the rows' lengths, then the rows. */
  private static long packed(FileBytes file, long table, long rows, int bytes) throws IOException {
    long length = rows * bytes;
    for (long row = 0; row < rows; row++) {
      length += file.big(table + row * bytes, bytes);
    }
    return length;
  }
}
