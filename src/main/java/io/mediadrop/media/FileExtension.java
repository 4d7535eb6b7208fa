package io.mediadrop.media;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which extension a file gets whose name nobody here has chosen. */
public final class FileExtension {

  private static final Pattern AT_THE_END = Pattern.compile("\\.([A-Za-z0-9]{1,10})$");

  /** What servers call everything that they know nothing about. */
  private static final Set<String> ANYTHING =
      Set.of("application/octet-stream", "binary/octet-stream", "application/binary", "text/plain");

  private FileExtension() {}

  /**
   * The extension with its dot: that of the type, or else that of the path, or else none.
   *
   * @param contentType a type as a server says it, or null
   * @param path where the file was there, or null
   */
  public static String of(String contentType, String path) {
    String type =
        contentType == null
            ? ""
            : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    String byType = ANYTHING.contains(type) ? "" : ofType(type);
    return byType.isEmpty() && path != null ? atTheEnd(path) : atTheEnd(byType);
  }

  /** As people write it; the usual media need no Tika. */
  private static String ofType(String type) {
    return Format.ofType(type.equals("image/jpg") ? "image/jpeg" : type)
        .map(format -> "." + format.extensions().get(0))
        .orElseGet(() -> TikaTypes.extensionOf(type));
  }

  private static String atTheEnd(String path) {
    Matcher extension = AT_THE_END.matcher(path);
    return extension.find() ? "." + extension.group(1).toLowerCase(Locale.ROOT) : "";
  }
}
