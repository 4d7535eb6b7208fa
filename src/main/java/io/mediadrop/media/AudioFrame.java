package io.mediadrop.media;

import java.util.Optional;

/** Which codec's frame bytes begin with, when no tag or container comes before it. */
final class AudioFrame {

  private static final int LAYER_AAC = 0;
  private static final int LAYER_III = 1;
  private static final int LAYER_II = 2;

  private AudioFrame() {}

  /** Layer I is left out: the byte order mark of a UTF-16 text looks the same. */
  static Optional<String> type(String start) {
    if (start.length() < 4 || start.charAt(0) != 0xff || (start.charAt(1) & 0xe0) != 0xe0) {
      return Optional.empty();
    }
    int version = start.charAt(1) >> 3 & 3;
    return switch (start.charAt(1) >> 1 & 3) {
      case LAYER_AAC -> version >= 2 ? aac(start.charAt(2)) : Optional.empty();
      case LAYER_II, LAYER_III -> version != 1 ? mpeg(start.charAt(2)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> aac(int third) {
    int frequency = third >> 2 & 15;
    return frequency < 13 ? Optional.of("audio/aac") : Optional.empty();
  }

  private static Optional<String> mpeg(int third) {
    int bitrate = third >> 4;
    int frequency = third >> 2 & 3;
    return bitrate < 15 && frequency < 3 ? Optional.of("audio/mpeg") : Optional.empty();
  }
}
