package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.ByteOrder;

/** RIFF (WAV, AVI, WebP), IFF (AIFF) and CAF: the lengths of the whole and of its chunks. */
final class ChunksEnd {

  /** Programs that write into a pipe put a length here that no file has. */
  private static final long NO_LENGTH = 0x7fff0000L;

  private static final long UNKNOWN = -1;

  private static final int BLANK = 4 * 1024;

  /** Less than this may be padding. */
  private static final int LEAST_BLANK = 16;

  private ChunksEnd() {}

  static boolean ofRiff(FileBytes file) throws IOException {
    if (file.has(0, "RF64") || file.has(0, "BW64")) {
      long length = file.little(20, 8);
      return length <= 0
          || length <= file.size() - 8
          || endsWithAChunk(file, 12, file.little(28, 8));
    }
    long at = 0;
    do {
      long length = file.little(at + 4, 4);
      if (!isThere(file, at, length, ByteOrder.LITTLE_ENDIAN) || isBlank(file, at, length)) {
        return false;
      }
      at += 8 + length + (length & 1);
    } while (file.has(at, "RIFF") && file.has(at + 8, "AVIX"));
    // a long one has several, and the next is missing
    return !file.has(8, "AVI ") || !file.beginsBlank(at);
  }

  static boolean ofIff(FileBytes file) throws IOException {
    long length = file.big(4, 4);
    return isThere(file, 0, length, ByteOrder.BIG_ENDIAN)
        && (length == 0
            || length >= NO_LENGTH
            || isWritten(file, 0, Math.min(8 + length, file.size()), ByteOrder.BIG_ENDIAN));
  }

  /** The last chunk of audio may have no length, and reaches to the end then. */
  static boolean ofCaf(FileBytes file) throws IOException {
    boolean audio = false;
    long at = 8;
    while (file.size() - at >= 12) {
      long length = file.big(at + 4, 8);
      boolean data = file.has(at, "data");
      if (data && length == UNKNOWN) {
        return true;
      }
      if (length < 0 || length > file.size() - at - 12) {
        return audio && !data;
      }
      if (file.beginsBlank(at)) {
        return false;
      }
      audio |= data;
      at += 12 + length;
    }
    return audio;
  }

  /** A wrong length of the whole is believed less than chunks that fill the file to its end. */
  private static boolean isThere(FileBytes file, long at, long length, ByteOrder order)
      throws IOException {
    return length == 0
        || length >= NO_LENGTH
        || length <= file.size() - at - 8
        || endsWithAChunk(file, at + 12, order);
  }

  /** A copy that got its room at once, seen by its pieces; of plain sound zeros are silence. */
  private static boolean isBlank(FileBytes file, long riff, long length) throws IOException {
    long end = riff + 8 + length;
    if (length == 0 || length >= NO_LENGTH || end > file.size()) {
      return false;
    }
    boolean packed = file.has(riff + 8, "WEBP");
    return packed && file.endsBlank(end) || !isWritten(file, riff, end, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether no block of zeros stands where a piece should begin. */
  private static boolean isWritten(FileBytes file, long from, long end, ByteOrder order)
      throws IOException {
    long at = from + 12;
    while (end - at >= LEAST_BLANK) {
      if (file.isBlank(at, (int) Math.min(BLANK, end - at))) {
        return false;
      }
      long length = file.number(at + 4, 4, order);
      at += 8 + length + (length & 1);
    }
    return true;
  }

  private static boolean endsWithAChunk(FileBytes file, long first, ByteOrder order)
      throws IOException {
    long at = first;
    while (at < file.size()) {
      long length = file.number(at + 4, 4, order);
      if (length >= NO_LENGTH) {
        return true;
      }
      at += 8 + length + (length & 1);
    }
    return at > first && at <= file.size() + 1;
  }

  /** As above, where a chunk of audio has its length elsewhere. */
  private static boolean endsWithAChunk(FileBytes file, long first, long data) throws IOException {
    long at = first;
    while (at < file.size()) {
      long length = file.has(at, "data") ? data : file.little(at + 4, 4);
      at += 8 + length + (length & 1);
    }
    return at > first && at <= file.size() + 1;
  }
}
