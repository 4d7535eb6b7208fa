package io.mediadrop.source;

import io.mediadrop.ConfigurationMistake;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Tells by its name alone whether a file is to be left in the drop folder without a word. */
public class IgnoredNames {

  /** Written by mediadrop itself into folders that it may also watch. */
  private static final List<String> OWN = List.of(".reason.txt", ".media.json", ".assets.json");

  private static final String PAUSED = "PAUSED.txt";

  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

  private final FileSystem names = FileSystems.getDefault();
  private List<Predicate<String>> patterns = List.of();

  /**
   * Glob patterns separated by blanks or commas, matched against the name without its folder.
   *
   * @throws ConfigurationMistake if one is none
   */
  public void setPatterns(String globs) {
    patterns =
        Arrays.stream(globs.trim().toLowerCase(Locale.ROOT).split("[\\s,]+"))
            .filter(glob -> !glob.isEmpty())
            .map(this::matcher)
            .toList();
  }

  /** Most globs are an ending or a beginning, which takes a fraction of the time to compare. */
  private Predicate<String> matcher(String glob) {
    String ending = glob.substring(1);
    if (glob.startsWith("*") && isPlain(ending)) {
      return name -> name.endsWith(ending);
    }
    String beginning = glob.substring(0, glob.length() - 1);
    if (glob.endsWith("*") && isPlain(beginning)) {
      return name -> name.startsWith(beginning);
    }
    if (isPlain(glob)) {
      return glob::equals;
    }
    PathMatcher matcher = pathMatcher(glob);
    return name -> matches(matcher, name);
  }

  private boolean matches(PathMatcher matcher, String name) {
    try {
      return matcher.matches(names.getPath(name));
    } catch (InvalidPathException e) {
      // the locale lacks its characters: the scan that asks says so
      return false;
    }
  }

  private PathMatcher pathMatcher(String glob) {
    try {
      return names.getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new ConfigurationMistake(
          "mediadrop.drop.ignore (MEDIADROP_DROP_IGNORE): '%s' is no glob (%s): write names such as *.part or ~*.tmp"
              .formatted(glob, e.getDescription()),
          e);
    }
  }

  private static boolean isPlain(String text) {
    return !SPECIAL.matcher(text).find();
  }

  /** Whether the file of this name is hidden, half-written, a system's or mediadrop's own. */
  public boolean ignores(String name) {
    return name.startsWith(".") || isOwn(name) || matchesPattern(name);
  }

  private static boolean isOwn(String name) {
    return name.equals(PAUSED) || OWN.stream().anyMatch(name::endsWith);
  }

  private boolean matchesPattern(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(pattern -> pattern.test(lower));
  }
}
