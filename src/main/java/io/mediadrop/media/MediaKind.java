package io.mediadrop.media;

import java.util.Optional;

/** The families of media that the API tells apart. */
public enum MediaKind {
  PHOTO,
  VIDEO,
  GIF,
  AUDIO;

  static Optional<MediaKind> of(String type) {
    if (type.equals("image/gif")) {
      return Optional.of(GIF);
    }
    if (type.equals(Format.MXF.type()) || type.equals(Format.REAL_MEDIA.type())) {
      return Optional.of(VIDEO);
    }
    return switch (type.substring(0, type.indexOf('/'))) {
      case "image" -> type.equals("image/svg+xml") ? Optional.empty() : Optional.of(PHOTO);
      case "video" -> Optional.of(VIDEO);
      case "audio" -> Optional.of(AUDIO);
      default -> Optional.empty();
    };
  }
}
