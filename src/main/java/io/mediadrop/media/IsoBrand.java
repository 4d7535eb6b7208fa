package io.mediadrop.media;

import java.util.Optional;

/** What the first box of an ISO media file ({@code ftyp}) says: MP4, QuickTime, HEIC and kin. */
final class IsoBrand {

  private IsoBrand() {}

  static Optional<String> type(String start) {
    if (!start.startsWith("ftyp", 4) || start.length() < 12) {
      return Optional.empty();
    }
    return switch (start.substring(8, 12)) {
      case "qt  " -> Optional.of("video/quicktime");
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> Optional.of("image/heic");
      case "avif", "avis" -> Optional.of("image/avif");
      case "mif1", "msf1" -> Optional.of(picture(brands(start)));
      case "M4A ", "M4B ", "F4A ", "F4B " -> Optional.of("audio/mp4");
      case "crx " -> Optional.empty(); // a raw photo, which Tika knows
      default -> Optional.of(video(start.substring(8, 11)));
    };
  }

  private static String video(String brand) {
    return switch (brand) {
      case "3gp" -> "video/3gpp";
      case "3g2" -> "video/3gpp2";
      default -> "video/mp4";
    };
  }

  /** The general picture brand leaves it to the compatible ones to name the codec. */
  private static String picture(String brands) {
    if (brands.contains("avif")) {
      return "image/avif";
    }
    return brands.contains("hei") ? "image/heic" : "image/heif";
  }

  private static String brands(String start) {
    int box = start.charAt(2) << 8 | start.charAt(3); // a brand list is far below 64 KiB
    return start.substring(8, Math.max(8, Math.min(box, start.length())));
  }
}
