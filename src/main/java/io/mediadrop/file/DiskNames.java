package io.mediadrop.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Finds the name nearest to a file's own that the disk takes where the file goes: a disk of Windows
 * or of a camera, a share, or an encrypted folder takes fewer names than the one it comes from.
 */
public final class DiskNames {

  /** What every file system takes; who has such a name pays for no trial. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\w(\\[@!#$%&'+=~-]([\\w()\\[\\]{}@!#$%&'+,;=~^. -]*[\\w)\\]}@!#$%&'+=~-])?");

  /**
   * Bytes that every file system takes; encrypted folders take 143, and the names derived from a
   * file's need some.
   */
  private static final int SHORT = 100;

  /** The longest name of those that are derived from a file's. */
  private static final String LONGEST_ITEM = "preview-option-10";

  /** Characters that a disk has taken, by the folder; names of no others need no trial. */
  private static final Map<String, Set<Integer>> KNOWN = new ConcurrentHashMap<>();

  private DiskNames() {}

  /**
   * The place itself, or one with other names instead of those that the disk refuses.
   *
   * @param root the archive, or the folder of refused files
   * @param place below that, with slashes; its first folder is the lane's
   */
  public static String taken(Path root, String place) {
    String[] names = place.split("/");
    boolean changed = false;
    for (int i = 0; i < names.length; i++) {
      if (!isPlain(names[i])) {
        String name = taken(folder(root, names[0]), names[i], i == names.length - 1);
        changed |= !name.equals(names[i]);
        names[i] = name;
      }
    }
    return changed ? String.join("/", names) : place;
  }

  /** A person may have put a lane's folder on another disk. */
  private static Path folder(Path root, String lane) {
    Path folder = root.resolve(lane);
    return Files.isDirectory(folder) ? folder : root;
  }

  private static String taken(Path folder, String name, boolean file) {
    Set<Integer> known =
        KNOWN.computeIfAbsent(folder.toString(), each -> ConcurrentHashMap.newKeySet());
    boolean ordinary = isOrdinary(name);
    List<Integer> characters = name.codePoints().boxed().toList();
    if (ordinary && known.containsAll(characters)) {
      return name;
    }
    Optional<Boolean> own = answer(folder, name, file);
    if (own.orElse(false) && ordinary) {
      known.addAll(characters);
    }
    return own.orElse(true)
        ? name
        : FileNames.harmless(name, SHORT)
            .filter(each -> answer(folder, each, file).orElse(false))
            .findFirst()
            .orElse(name);
  }

  private static Optional<Boolean> answer(Path folder, String name, boolean file) {
    return NameTrial.answer(folder, file ? withDerived(name) : List.of(name));
  }

  /** Whether nothing but its characters could be refused. */
  private static boolean isOrdinary(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= SHORT
        && !name.endsWith(".")
        && !name.endsWith(" ")
        && !FileNames.isDevice(name);
  }

  private static List<String> withDerived(String name) {
    // while it is written, the file component puts a dot before it
    return List.of(name, "." + FileNames.item(name, LONGEST_ITEM));
  }

  /** The path itself where it can be written as one on this system, else one that can. */
  public static String path(Path root, String path) {
    return isPath(root, path) ? path : FileNames.withoutTroubles(path);
  }

  /** Whether a name can be written as a path on this system at all. */
  public static boolean isPath(Path root, String path) {
    try {
      root.resolve(path);
      return true;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isPlain(String name) {
    return name.length() <= SHORT && PLAIN.matcher(name).matches() && !FileNames.isDevice(name);
  }
}
