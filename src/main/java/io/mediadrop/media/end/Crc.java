package io.mediadrop.media.end;

/** The checksums of FLAC. Over bytes and the checksum that follows them it is 0. */
final class Crc {

  private Crc() {}

  static int of8(byte[] bytes, int from, int to) {
    return of(bytes, from, to, 8, 0x07);
  }

  /** Whether what begins here is followed, at any place, by its checksum. */
  static boolean becomesZero16(byte[] bytes, int from) {
    int crc = 0;
    for (int i = from; i < bytes.length; i++) {
      crc = next(crc, bytes[i], 16, 0x8005);
      if (crc == 0) {
        return true;
      }
    }
    return false;
  }

  private static int of(byte[] bytes, int from, int to, int width, int polynomial) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = next(crc, bytes[i], width, polynomial);
    }
    return crc;
  }

  private static int next(int before, byte value, int width, int polynomial) {
    int top = 1 << width - 1;
    int crc = before ^ (value & 0xff) << width - 8;
    for (int bit = 0; bit < 8; bit++) {
      crc = (crc & top) != 0 ? crc << 1 ^ polynomial : crc << 1;
    }
    return crc & (1 << width) - 1;
  }
}
