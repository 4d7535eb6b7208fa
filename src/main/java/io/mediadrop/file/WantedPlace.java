package io.mediadrop.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Where a file is to lie as far as its folders go: nothing but a folder may be in their way. */
public final class WantedPlace {

  /** Bytes that systems take in a path, less what the names derived from a file's may add. */
  private static final int LONGEST = 4096 - 2 * 256;

  private WantedPlace() {}

  /**
   * The place of a file below a folder. A folder of its path gets a number if something that is no
   * folder has its name; a path that would be too long loses its folders.
   *
   * @param root the folder
   * @param lead the folders below it that are mediadrop's own
   * @param path the file's path below those
   * @param reserved whether a file is promised the place
   */
  public static String below(Path root, String lead, String path, Predicate<String> reserved) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (root.resolve(lead + "/" + path).toString().getBytes(StandardCharsets.UTF_8).length
        > LONGEST) {
      return lead + "/" + name;
    }
    String folder = lead;
    for (String next : path.substring(0, path.length() - name.length()).split("/")) {
      folder = next.isEmpty() ? folder : folder(root, folder + "/" + next, reserved);
    }
    return folder + "/" + name;
  }

  private static String folder(Path root, String wanted, Predicate<String> reserved) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(place -> !reserved.test(place) && canBeFolder(root.resolve(place)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean canBeFolder(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(path);
  }
}
