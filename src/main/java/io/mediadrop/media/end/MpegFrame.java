package io.mediadrop.media.end;

/**
 * The header of a frame of MPEG audio, layer II or III.
 *
 * @param header its four bytes
 */
record MpegFrame(long header) {

  private static final int[] KBITS_OF_LAYER_III = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBITS_OF_LAYER_II = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384
  };
  private static final int[] KBITS_OF_VERSION_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  private static final int VERSION_1 = 3;
  private static final int LAYER_III = 1;
  private static final int LAYER_II = 2;

  /** Null if these bytes begin no such frame. */
  static MpegFrame of(long header) {
    MpegFrame frame = new MpegFrame(header);
    boolean known =
        frame.bits(21, 11) == 0x7ff
            && frame.version() != 1
            && (frame.layer() == LAYER_II || frame.layer() == LAYER_III)
            && frame.bits(12, 4) != 15
            && frame.bits(10, 2) != 3;
    return known ? frame : null;
  }

  /** Bytes between the header and what an encoder has added to the first frame. */
  int sideInformation() {
    boolean mono = bits(6, 2) == 3;
    if (version() == VERSION_1) {
      return mono ? 17 : 32;
    }
    return mono ? 9 : 17;
  }

  /** Bytes of the whole frame. */
  int length() {
    int[] kbits =
        version() != VERSION_1
            ? KBITS_OF_VERSION_2
            : layer() == LAYER_III ? KBITS_OF_LAYER_III : KBITS_OF_LAYER_II;
    int hertz = HERTZ[bits(10, 2)] >> (version() == VERSION_1 ? 0 : version() == 2 ? 1 : 2);
    int samples = version() != VERSION_1 && layer() == LAYER_III ? 72 : 144;
    return samples * 1000 * kbits[bits(12, 4)] / hertz + bits(9, 1);
  }

  /** Whether both may be of one sound. */
  boolean isLike(MpegFrame other) {
    return version() == other.version()
        && layer() == other.layer()
        && bits(10, 2) == other.bits(10, 2);
  }

  private int version() {
    return bits(19, 2);
  }

  private int layer() {
    return bits(17, 2);
  }

  private int bits(int from, int count) {
    return (int) (header >> from) & (1 << count) - 1;
  }
}
