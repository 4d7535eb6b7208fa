package io.mediadrop.media;

import java.util.Locale;
import java.util.Set;

/** What a file's extension says. The rest of its name is data, and nothing in it is looked at. */
final class TypeByName {

  /**
   * Video to some and something else to others, TypeScript or music for a tracker, so that only
   * their content tells.
   */
  private static final Set<String> AMBIGUOUS = Set.of("ts", "mod", "tod", "dat");

  private TypeByName() {}

  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? ContentType.UNKNOWN : ofExtension(name.substring(dot + 1));
  }

  /** The usual media need no Tika, which takes a quarter of a second to load. */
  private static String ofExtension(String written) {
    String extension = written.toLowerCase(Locale.ROOT);
    if (AMBIGUOUS.contains(extension)) {
      return ContentType.UNKNOWN;
    }
    return Format.ofExtension(extension)
        .map(Format::type)
        .orElseGet(() -> TikaTypes.byExtension(extension));
  }
}
