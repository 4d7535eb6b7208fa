package io.mediadrop.media.end;

import java.io.IOException;

/** Matroska and WebM: the length of the segment. A live recording has none. */
final class MatroskaEnd {

  private static final long HEADER = 0x1a45dfa3L;
  private static final long SEGMENT = 0x18538067L;
  private static final long VOID = 0xec;
  private static final long CHECKSUM = 0xbf;

  private MatroskaEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long at = 0;
    while (true) {
      int idBytes = bytes(file, at);
      long id = file.big(at, idBytes);
      at += idBytes;
      int lengthBytes = bytes(file, at);
      long mask = (1L << 7 * lengthBytes) - 1;
      long length = file.big(at, lengthBytes) & mask;
      at += lengthBytes;
      if (id == SEGMENT) {
        return length == mask || length <= file.size() - at;
      }
      if (id != HEADER && id != VOID && id != CHECKSUM) {
        return true;
      }
      at += length;
    }
  }

  /** As many as the first byte has zeros in front, and one. */
  private static int bytes(FileBytes file, long at) throws IOException {
    return Math.min(8, Integer.numberOfLeadingZeros((int) file.big(at, 1)) - 23);
  }
}
