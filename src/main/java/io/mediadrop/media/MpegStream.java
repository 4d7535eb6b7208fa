package io.mediadrop.media;

import java.util.Optional;

/** MPEG as stations send it, discs hold it and camcorders record it. */
final class MpegStream {

  /** A packet's bytes: on air, on Blu-ray and in camcorders, and with a code that corrects. */
  private static final int[] PACKETS = {188, 192, 204};

  private static final char SYNC = 'G';
  private static final int EVIDENCE = 5;

  private MpegStream() {}

  static Optional<String> type(String start) {
    if (start.startsWith("\0\0\1") && start.length() > 3 && isStart(start.charAt(3))) {
      return Optional.of("video/mpeg");
    }
    for (int packet : PACKETS) {
      if (isInStep(start, packet)) {
        return Optional.of("video/mp2t");
      }
    }
    return Optional.empty();
  }

  /** A pack, a system header, or a sequence. */
  private static boolean isStart(char code) {
    return code == 0xba || code == 0xbb || code == 0xb3;
  }

  /** A recording may begin amid a packet. */
  private static boolean isInStep(String start, int packet) {
    int last = Math.min(packet, start.length() - (EVIDENCE - 1) * packet);
    for (int first = 0; first < last; first++) {
      int packets = 0;
      while (packets < EVIDENCE && start.charAt(first + packets * packet) == SYNC) {
        packets++;
      }
      if (packets == EVIDENCE) {
        return true;
      }
    }
    return false;
  }
}
