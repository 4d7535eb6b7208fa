package io.mediadrop.source;

import io.mediadrop.media.MediaFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many media files of all types and sizes, under all the names that people and programs give. */
public final class MixedFiles {

  static final Map<String, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("jpg", "image/jpeg");
    TYPES.put("jpeg", "image/jpeg");
    TYPES.put("png", "image/png");
    TYPES.put("gif", "image/gif");
    TYPES.put("webp", "image/webp");
    TYPES.put("heic", "image/heic");
    TYPES.put("mp4", "video/mp4");
    TYPES.put("mov", "video/quicktime");
    TYPES.put("webm", "video/webm");
    TYPES.put("mp3", "audio/mpeg");
    TYPES.put("m4a", "audio/mp4");
    TYPES.put("JPG", "image/jpeg");
    TYPES.put("MOV", "video/quicktime");
  }

  static final List<String> NAMES =
      List.of(
          "IMG_0001",
          "two words",
          " leading and trailing ",
          "Süßes Ärgernis",
          "Su\u0308d",
          "🏖️👩‍👩‍👧",
          "100% sure",
          "50%25 a%2Fb",
          "%zz",
          "#1",
          "a+b",
          "what?",
          "a;b",
          "a&b=c",
          "back\\slash",
          "dots..",
          "-rf",
          "quotes'\"`",
          "pipe|<>*:",
          "${env:MEDIADROP_API_KEY}",
          "{{mediadrop.api.key}}",
          "$simple{env:MEDIADROP_API_KEY}",
          "${header.x}${body}",
          "new\nline",
          "carriage\rreturn\ttab",
          "red\u001b[31m",
          "bidi\u202Egpj");

  private static final List<String> FOLDERS =
      List.of(
          "",
          "",
          "",
          "2026/Sommer Süd",
          "a/b/c/d/e",
          "${env:MEDIADROP_API_KEY}/{{mediadrop.api.key}}/100%25/#/+/?",
          "back\\slash/new\nline/red\u001b[31m/bidi\u202E",
          "long " + "ö".repeat(125) + "/" + "x".repeat(255));

  private MixedFiles() {}

  /** Writes so many different files; their paths below the folder, with the sha256 of each. */
  static Map<String, String> write(Path folder, int count) throws Exception {
    List<String> extensions = List.copyOf(TYPES.keySet());
    Map<String, String> digests = new LinkedHashMap<>();
    for (int n = 0; n < count; n++) {
      String extension = extensions.get(n % extensions.size());
      String name = name(n) + n + "." + extension;
      if (n % 9 == 0) {
        name = longest(n % 2 == 0 ? "x" : "ä", n + "." + extension);
      }
      Path file = folder.resolve(FOLDERS.get(n % FOLDERS.size())).resolve(name);
      Files.createDirectories(file.getParent());
      MediaFiles.write(file, size(n, extension), n);
      digests.put(folder.relativize(file).toString(), sha256(file));
    }
    return digests;
  }

  private static String name(int n) {
    return NAMES.get(n % NAMES.size());
  }

  /** A name of 255 bytes that ends in this. */
  static String longest(String fill, String end) {
    int bytes = fill.getBytes(StandardCharsets.UTF_8).length;
    int room = 255 - end.length();
    return "-".repeat(room % bytes) + fill.repeat(room / bytes) + end;
  }

  /** Most are small, some are a few MB, two are 20 MB. */
  private static long size(int n, String extension) {
    long least = MediaFiles.smallest(extension) + 32;
    if (n % 100 == 50) {
      return 20_000_000;
    }
    return Math.max(least, n % 20 == 7 ? 1_500_000L + n : 100L + 613L * n);
  }

  public static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
