package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.SettingKey;
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

/** Globs with which single names are compared, whatever their case. */
public final class NamePatterns {

  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

  private static final FileSystem NAMES = FileSystems.getDefault();

  private final List<Predicate<String>> patterns;

  private NamePatterns(List<Predicate<String>> patterns) {
    this.patterns = patterns;
  }

  /**
   * Globs separated by blanks or commas.
   *
   * @param key the setting that they are from
   * @throws ConfigurationMistake if one is none, or is about more than a name
   */
  public static NamePatterns of(String globs, String key) {
    return new NamePatterns(
        Arrays.stream(globs.trim().toLowerCase(Locale.ROOT).split("[\\s,]+"))
            .filter(glob -> !glob.isEmpty())
            .map(glob -> matcher(glob, key))
            .toList());
  }

  /** Whether one of them is the name's. */
  public boolean match(String name) {
    if (patterns.isEmpty()) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(pattern -> pattern.test(lower));
  }

  /** Most globs are an ending or a beginning, which takes a fraction of the time to compare. */
  private static Predicate<String> matcher(String glob, String key) {
    if (glob.contains("/")) {
      throw mistake(
          key, glob, "is no name: write the file's or folder's without what is around it");
    }
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
    PathMatcher matcher = pathMatcher(glob, key);
    return name -> matches(matcher, name);
  }

  private static boolean matches(PathMatcher matcher, String name) {
    try {
      return matcher.matches(NAMES.getPath(name));
    } catch (InvalidPathException e) {
      // the locale lacks its characters: the scan that asks says so
      return false;
    }
  }

  private static PathMatcher pathMatcher(String glob, String key) {
    try {
      return NAMES.getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw mistake(
          key,
          glob,
          "is no glob (%s): write names such as *.part or ~*.tmp".formatted(e.getDescription()));
    }
  }

  private static ConfigurationMistake mistake(String key, String glob, String what) {
    return new ConfigurationMistake(
        "%s (%s): '%s' %s".formatted(key, SettingKey.variableOf(key), glob, what));
  }

  private static boolean isPlain(String text) {
    return !SPECIAL.matcher(text).find();
  }
}
