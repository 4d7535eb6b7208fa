package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import java.nio.file.Path;
import java.util.List;

/** Tells by its name alone whether a file or a folder below a watched one is to be left there. */
public class IgnoredNames {

  private static final String KEY = "mediadrop.drop.ignore";

  /** Written by mediadrop itself into folders that it may also watch. */
  private static final List<String> OWN = List.of(".reason.txt", ".media.json", ".assets.json");

  private static final String PAUSED = "PAUSED.txt";

  private final NamePatterns patterns;

  /**
   * Names that are left alone besides those that always are.
   *
   * @param globs patterns separated by blanks or commas, matched against single names of files and
   *     folders
   * @throws ConfigurationMistake if one is none
   */
  public IgnoredNames(String globs) {
    patterns = NamePatterns.of(globs, KEY);
  }

  /** Whether the file of this name is hidden, half-written, a system's or mediadrop's own. */
  public boolean ignores(String name) {
    return name.startsWith(".") || isOwn(name) || SystemNames.isFile(name) || patterns.match(name);
  }

  private static boolean isOwn(String name) {
    return name.equals(PAUSED) || OWN.stream().anyMatch(name::endsWith);
  }

  /** Whether what lies in a folder of this name may be a person's, and is not to be left alone. */
  public boolean isEntered(String name) {
    return !isNobodys(name) && !patterns.match(name) && PackageNames.refusal(name).isEmpty();
  }

  /** The same for a folder at this place, as it is told to people; says why, if that may matter. */
  public boolean isEntered(Path shown, Strays strays) {
    String name = String.valueOf(shown.getFileName());
    if (isNobodys(name)) {
      return false;
    }
    if (patterns.match(name)) {
      return strays.mention(shown, KEY + " names it");
    }
    return PackageNames.refusal(name).map(reason -> strays.leave(shown, reason)).orElse(true);
  }

  private static boolean isNobodys(String folder) {
    return folder.startsWith(".") || SystemNames.isFolder(folder);
  }
}
