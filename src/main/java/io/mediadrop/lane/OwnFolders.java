package io.mediadrop.lane;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;

/** The folders below its own that a lane says are its, where other lanes have some there too. */
final class OwnFolders {

  private final List<PathMatcher> matchers;

  /** Globs of paths, separated by commas; none for none. */
  OwnFolders(String globs) {
    matchers =
        Arrays.stream(globs.split(","))
            .map(String::strip)
            .filter(glob -> !glob.isEmpty())
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
  }

  /** Whether the folder, or one around it, is among them. */
  boolean has(Path folder) {
    if (matchers.isEmpty()) {
      return false;
    }
    for (Path at = folder; at != null; at = at.getParent()) {
      Path around = at;
      if (matchers.stream().anyMatch(matcher -> matcher.matches(around))) {
        return true;
      }
    }
    return false;
  }
}
