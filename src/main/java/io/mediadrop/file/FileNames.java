package io.mediadrop.file;

import io.mediadrop.base.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives names from names without exceeding what file systems take. */
public final class FileNames {

  /** Bytes that file systems take. */
  private static final int LONGEST = 255;

  /** Less than that, for names that others put a prefix before while they write. */
  private static final int LONGEST_DERIVED = 250;

  private static final int LONGEST_EXTENSION = 32;

  private static final String RECEIPT = ".media.json";

  /** What Windows and its disks refuse, or what is half a character. */
  private static final Pattern TROUBLESOME =
      Pattern.compile("[\\p{Cntrl}\\p{Cs}\"*:<>?|\\\\\\uFFFE\\uFFFF]|[. ](?=[. ]*\\z)");

  /** Names of devices on Windows, whatever extension they have. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|clock\\$|con(?:in|out)\\$|(?:com|lpt)\\d)( *(?:\\..*)?)");

  private FileNames() {}

  /** Whether a name is a device's on Windows. */
  static boolean isDevice(String name) {
    return DEVICE.matcher(name).matches();
  }

  /** A name, or a path with slashes, with {@code _} for all that some file systems refuse in it. */
  static String withoutTroubles(String path) {
    return Arrays.stream(path.split("/"))
        .map(name -> TROUBLESOME.matcher(name).replaceAll("_"))
        .map(name -> isDevice(name) ? DEVICE.matcher(name).replaceFirst("$1_$2") : name)
        .collect(Collectors.joining("/"));
  }

  /**
   * Names to try where a disk does not take a file's own, the most like it first: without what some
   * file systems refuse, then short as well, then of plain letters.
   *
   * @param most how many bytes the short ones may have
   */
  static Stream<String> harmless(String name, int most) {
    String safe = withoutTroubles(name);
    String mark = "~" + hash(name);
    int dot = extensionOf(safe);
    String extension = safe.substring(dot);
    String begin = cut(safe.substring(0, dot), most - bytes(mark + extension));
    String brief = bytes(safe) <= most ? safe : begin + mark + extension;
    String plain = begin + mark + extension;
    return Stream.of(safe, brief, plain.replaceAll("[^ -~]", "_"));
  }

  /** The name of the receipt beside a file. */
  public static String receipt(String path) {
    return withSuffix(path, RECEIPT);
  }

  /** The name of the sidecar beside a file; it is the exact one wherever a name can be so long. */
  public static String sidecar(String path) {
    String name = nameOf(path);
    String suffix = SidecarNames.SUFFIX;
    return folderOf(path) + shortened(name, LONGEST - bytes(suffix)) + suffix;
  }

  /**
   * The name of a companion beside a media file, which may have got another name itself.
   *
   * @param path the media file's
   * @param media what the media file was called beside its companion
   * @param companion what that was called
   */
  public static String companion(String path, String media, String companion) {
    if (companion.startsWith(media + ".")) {
      return besides(path, nameOf(path), companion.substring(media.length()));
    }
    String stem = media.substring(0, extensionOf(media));
    if (companion.startsWith(stem + ".")) {
      String name = nameOf(path);
      return besides(
          path, name.substring(0, extensionOf(name)), companion.substring(stem.length()));
    }
    return folderOf(path) + companion;
  }

  private static String besides(String path, String name, String ending) {
    return folderOf(path) + shortened(name, LONGEST - bytes(ending)) + ending;
  }

  /** The name of the items of the answer beside a file. */
  public static String assets(String path) {
    return withSuffix(path, ".assets.json");
  }

  /** The name of one item of the answer beside a file. */
  public static String item(String path, String item) {
    return withSuffix(path, "." + item + ".assets.json");
  }

  /** The name of the folder for the files behind the items of the answer, beside a file. */
  public static String assetsFolder(String path) {
    return withSuffix(path, ".assets");
  }

  /** The name of the reason beside a refused file. */
  public static String reason(String path) {
    return withSuffix(path, ".reason.txt");
  }

  /** The n-th name to try for a file whose name is taken: {@code IMG_0001~2.jpg}. */
  public static String numbered(String path, int n) {
    if (n == 1) {
      return path;
    }
    String name = nameOf(path);
    int dot = extensionOf(name);
    String mark = "~" + n + name.substring(dot);
    return folderOf(path) + shortened(name.substring(0, dot), LONGEST - bytes(mark)) + mark;
  }

  /** Where the extension begins; what is longer than any extension is none. */
  private static int extensionOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION ? dot : name.length();
  }

  private static String withSuffix(String path, String suffix) {
    return folderOf(path) + shortened(nameOf(path), LONGEST_DERIVED - bytes(suffix)) + suffix;
  }

  /** The name itself where it fits, else its beginning with a hash of the whole. */
  private static String shortened(String name, int most) {
    if (bytes(name) <= most) {
      return name;
    }
    String mark = "~" + hash(name);
    return cut(name, most - bytes(mark)) + mark;
  }

  private static String cut(String name, int most) {
    int end = name.length();
    while (bytes(name.substring(0, end)) > most) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }

  private static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String name) {
    return HexFormat.of().formatHex(Digests.sha256(name), 0, 5);
  }
}
