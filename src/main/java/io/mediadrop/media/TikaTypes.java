package io.mediadrop.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/** Types that are rare among media, as Apache Tika knows them. */
final class TikaTypes {

  /** Loads when a rare type is met, and not before. */
  private static final class Loaded {
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }

  private TikaTypes() {}

  static String byExtension(String extension) {
    var metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, "file." + extension);
    return detect(null, metadata);
  }

  static String byContent(byte[] head) {
    return detect(new ByteArrayInputStream(head), new Metadata());
  }

  /** The extension that files of a type have, with its dot; empty if none is known. */
  static String extensionOf(String type) {
    try {
      MimeType known = MimeType.isValid(type) ? Loaded.TYPES.getRegisteredMimeType(type) : null;
      return known == null ? "" : known.getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }

  private static String detect(ByteArrayInputStream head, Metadata metadata) {
    try {
      return usual(Loaded.TYPES.detect(head, metadata).getBaseType().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  /** Tika's name for a type, as other programs call it. */
  private static String usual(String type) {
    return switch (type) {
      case "audio/vnd.wave" -> "audio/wav";
      case "audio/x-aac" -> "audio/aac";
      case "audio/x-flac" -> "audio/flac";
      case "audio/x-m4a" -> "audio/mp4";
      case "video/x-m4v" -> "video/mp4";
      default -> type;
    };
  }
}
