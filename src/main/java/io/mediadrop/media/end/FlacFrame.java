package io.mediadrop.media.end;

/**
 * The header of a frame of FLAC.
 *
 * @param start its first sample, counted from the beginning of the sound
 * @param samples how many it has
 */
record FlacFrame(long start, long samples) {

  /** Those that are written down as a number, by that number; 0 for the others. */
  private static final int[] SAMPLES = {
    0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768
  };

  /** Bytes of a header at most. */
  static final int LONGEST = 16;

  /** The first sample that is not in it any more. */
  long end() {
    return start + samples;
  }

  /**
   * Null if no frame begins here.
   *
   * @param usual how many samples all frames but the last one have where their number is fixed
   */
  static FlacFrame at(byte[] bytes, int at, long usual) {
    if (bytes.length - at < LONGEST
        || bytes[at] != (byte) 0xff
        || (bytes[at + 1] & 0xfe) != 0xf8
        || bytes[at + 2] >> 4 == 0) {
      return null;
    }
    boolean counted = (bytes[at + 1] & 1) == 0;
    int next = at + 4;
    int length = Math.max(1, Integer.numberOfLeadingZeros(~(bytes[next] << 24)));
    long number = length == 1 ? bytes[next] : bytes[next] & (1 << Math.max(0, 7 - length)) - 1;
    for (int i = 1; i < Math.min(7, length); i++) {
      number = number << 6 | bytes[next + i] & 0x3f;
    }
    next += Math.min(7, length);
    int code = bytes[at + 2] >> 4 & 15;
    long samples = SAMPLES[code];
    if (code == 6) {
      samples = (bytes[next++] & 0xff) + 1;
    } else if (code == 7) {
      samples = ((bytes[next++] & 0xff) << 8 | bytes[next++] & 0xff) + 1;
    }
    int rate = bytes[at + 2] & 15;
    next += rate == 12 ? 1 : rate == 13 || rate == 14 ? 2 : 0;
    boolean intact = Crc.of8(bytes, at, next) == (bytes[next] & 0xff);
    return intact ? new FlacFrame(counted ? number * usual : number, samples) : null;
  }
}
