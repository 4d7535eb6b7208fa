package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.ByteOrder;

/** Kinds with a length at a fixed place: audio of some makers, pictures of film and of cameras. */
final class HeaderEnd {

  private static final long UNKNOWN = 0xffffffffL;

  private static final int MORE_THAN_PADDING = 64 * 1024;

  private HeaderEnd() {}

  /** Sun and NeXT audio: where the sound begins, and how long it is. */
  static boolean ofAu(FileBytes file) throws IOException {
    long length = file.big(8, 4);
    return length == UNKNOWN || length <= file.size() - file.big(4, 4);
  }

  /** Sony's WAV of 64 bits; its last piece may lack what would make its length a round one. */
  static boolean ofWave64(FileBytes file) throws IOException {
    long length = file.little(16, 8);
    return length <= 0 || length == Long.MAX_VALUE || length <= file.size() + 7;
  }

  static boolean ofDsf(FileBytes file) throws IOException {
    return file.little(12, 8) <= file.size();
  }

  /** Fuji's raw photos: a JPEG, a description and the sensor's data. */
  static boolean ofRaf(FileBytes file) throws IOException {
    for (long at = 84; at <= 100; at += 8) {
      long end = file.big(at, 4) + file.big(at + 4, 4);
      if (end > file.size() || file.isBlank(end - MORE_THAN_PADDING, MORE_THAN_PADDING)) {
        return false;
      }
    }
    return true;
  }

  /** Sigma's raw photos: the last bytes tell where the directory is. */
  static boolean ofX3f(FileBytes file) throws IOException {
    return file.has(file.little(file.size() - 4, 4), "SECd");
  }

  /** Some programs write a length that is too small for the picture. */
  static boolean ofDpx(FileBytes file) throws IOException {
    ByteOrder order = file.has(0, "SDPX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long length = file.number(16, 4, order);
    long values = file.big(800, 1) == 50 ? 3 : file.big(800, 1) == 51 ? 4 : 1;
    long bits = values * file.big(803, 1) * file.number(772, 4, order) * file.number(776, 4, order);
    return length == UNKNOWN
        || Math.max(length, file.number(4, 4, order) + bits / 8) <= file.size();
  }

  /** No encoder may write the mark at the end before. */
  static boolean ofQoi(FileBytes file) throws IOException {
    String mark = "\0\0\0\0\0\0\0\1";
    return file.has(file.size() - mark.length(), mark) || file.find(mark, 14) >= 0;
  }

  static boolean ofSunRaster(FileBytes file) throws IOException {
    return 32 + file.big(28, 4) + file.big(16, 4) <= file.size();
  }

  /** OpenEXR: a table of where each piece of the picture is, which is written last. */
  static boolean ofExr(FileBytes file) throws IOException {
    long flags = file.little(5, 3);
    if ((flags & 0x18) != 0) {
      return true; // deep data and several parts have other tables
    }
    boolean tiled = (flags & 2) != 0;
    long table = behindAttributes(file);
    long first = file.little(table, 8);
    for (long at = table; at < Math.max(first, table + 8); at += 8) {
      long piece = file.little(at, 8);
      long header = tiled ? 20 : 8;
      long length = piece == 0 ? 0 : file.little(piece + header - 4, 4);
      if (length == 0 || piece + header + length > file.size()) {
        return false;
      }
    }
    return true;
  }

  /** Each has a name, a type and a value; an empty name ends them. */
  private static long behindAttributes(FileBytes file) throws IOException {
    long at = 8;
    while (file.big(at, 1) != 0) {
      long size = file.find("\0", file.find("\0", at) + 1) + 1;
      at = size + 4 + file.little(size, 4);
    }
    return at + 1;
  }
}
