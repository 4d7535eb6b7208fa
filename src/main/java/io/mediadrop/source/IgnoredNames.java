package io.mediadrop.source;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tells by its name alone whether a file is to be left in the drop folder without a word. */
public class IgnoredNames {

  /** Written by mediadrop itself into folders that it may also watch. */
  private static final List<String> OWN = List.of(".reason.txt", ".media.json", ".assets.json");

  private static final String PAUSED = "PAUSED.txt";

  private final FileSystem names = FileSystems.getDefault();
  private List<PathMatcher> patterns = List.of();

  /** Glob patterns separated by blanks or commas, matched against the name without its folder. */
  public void setPatterns(String globs) {
    patterns =
        Arrays.stream(globs.trim().toLowerCase(Locale.ROOT).split("[\\s,]+"))
            .filter(glob -> !glob.isEmpty())
            .map(glob -> names.getPathMatcher("glob:" + glob))
            .toList();
  }

  /** Whether the file of this name is hidden, half-written, a system's or mediadrop's own. */
  public boolean ignores(String name) {
    return name.startsWith(".") || isOwn(name) || matchesPattern(name);
  }

  private static boolean isOwn(String name) {
    return name.equals(PAUSED) || OWN.stream().anyMatch(name::endsWith);
  }

  private boolean matchesPattern(String name) {
    Path lower = names.getPath(name.toLowerCase(Locale.ROOT));
    return patterns.stream().anyMatch(pattern -> pattern.matches(lower));
  }
}
