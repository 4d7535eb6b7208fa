package io.mediadrop.media;

import java.util.Locale;

/** What a file's extension says. The rest of its name is data, and nothing in it is looked at. */
final class TypeByName {

  private TypeByName() {}

  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? ContentType.UNKNOWN : ofExtension(name.substring(dot + 1));
  }

  /** The usual media need no Tika, which takes a quarter of a second to load. */
  private static String ofExtension(String written) {
    String extension = written.toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "jpg", "jpeg", "jpe", "jfif" -> "image/jpeg";
      case "png", "gif", "webp", "heic", "heif", "avif" -> "image/" + extension;
      case "hif" -> "image/heif";
      case "mp4", "m4v" -> "video/mp4";
      case "mov", "qt" -> "video/quicktime";
      case "webm" -> "video/webm";
      case "mkv" -> "video/x-matroska";
      case "mts", "m2ts" -> "video/mp2t";
      case "mp3" -> "audio/mpeg";
      case "m4a", "m4b" -> "audio/mp4";
      case "weba" -> "audio/webm";
      case "wav", "aac", "flac" -> "audio/" + extension;
      case "ogg", "oga", "opus" -> "audio/ogg";
      case "ogv" -> "video/ogg";
      default -> TikaTypes.byExtension(extension);
    };
  }
}
