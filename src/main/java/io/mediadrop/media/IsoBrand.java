package io.mediadrop.media;

import java.util.Optional;

/** What the first box of an ISO media file ({@code ftyp}) says: MP4, QuickTime, HEIC and kin. */
final class IsoBrand {

  private IsoBrand() {}

  static Optional<String> type(String start) {
    if (!start.startsWith("ftyp", 4) || start.length() < 12) {
      return beginsAsBefore(start) ? Optional.of("video/quicktime") : Optional.empty();
    }
    return switch (start.substring(8, 12)) {
      case "qt  " -> Optional.of("video/quicktime");
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> Optional.of("image/heic");
      case "avif", "avis" -> Optional.of("image/avif");
      case "mif1", "msf1" -> Optional.of(picture(brands(start)));
      case "M4A ", "M4B ", "F4A ", "F4B " -> Optional.of("audio/mp4");
      case "crx " -> Optional.of("image/x-canon-cr3");
      default -> Optional.of(video(start.substring(8, 11)));
    };
  }

  /** QuickTime of the time before brands begins with any of its boxes, small ones but for two. */
  private static boolean beginsAsBefore(String start) {
    return start.startsWith("moov", 4)
        || start.startsWith("mdat", 4)
        || start.matches("(?s)\\x00.{3}(wide|free|skip|pnot).*");
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
