package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells by what lies beside a file whether a program is still fetching it. Browsers put an empty
 * file where a download will be, and the half file under another name beside it; other programs
 * write the file itself, and keep a note beside it until it is whole.
 */
public class HalfFiles {

  /** The notes of aria2, lftp and axel, by what their names have more than the file's. */
  private static final List<String> NOTES = List.of(".aria2", ".lftp-pget-status", ".st");

  private static final int MOST = 1_000;

  /**
   * A half file, or a note that tells of one.
   *
   * @param name without its folder
   * @param unchangedFor for how long it has not grown, as far as was seen
   */
  public record Half(String name, Duration unchangedFor) {}

  private record Sight(List<FileStamp> stamps, long since) {}

  private final Map<Path, Sight> sights =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, Sight> eldest) {
              return size() > MOST;
            }
          });

  private final IgnoredNames ignoredNames;

  /** Half files are among those that are ignored. */
  public HalfFiles(IgnoredNames ignoredNames) {
    this.ignoredNames = ignoredNames;
  }

  /**
   * The half file that will become this empty file, the one that grew last; null if there is none.
   */
  public Half of(Path empty) throws IOException {
    String name = empty.getFileName().toString();
    Half last = null;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(empty.getParent())) {
      for (Path entry : entries) {
        if (isHalfOf(name, entry.getFileName().toString())) {
          Half half = look(entry);
          last =
              last == null || half.unchangedFor().compareTo(last.unchangedFor()) < 0 ? half : last;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return last;
  }

  /** The note that this file is not whole yet; null if there is none. */
  public Half noteOf(Path file) throws IOException {
    for (String note : NOTES) {
      Path beside = file.resolveSibling(file.getFileName() + note);
      // a third of the time of the newer call, for every file
      if (beside.toFile().exists()) {
        return look(beside);
      }
    }
    return null;
  }

  private boolean isHalfOf(String empty, String other) {
    String lower = other.toLowerCase(Locale.ROOT);
    if (lower.startsWith("unconfirmed ") && lower.endsWith(".crdownload")) {
      return true;
    }
    boolean half =
        ignoredNames.ignores(other)
            || !ignoredNames.isEntered(other)
            || lower.endsWith(".crswap")
            || NOTES.stream().anyMatch(lower::endsWith);
    return half && !other.equals(empty) && isNamedAfter(empty.toLowerCase(Locale.ROOT), lower);
  }

  /** With something before, between or behind its two parts, as in {@code clip.x1Yz.mp4.part}. */
  private static boolean isNamedAfter(String name, String other) {
    int dot = name.lastIndexOf('.') < 1 ? name.length() : name.lastIndexOf('.');
    String bare = other.replaceFirst("^[.~_$]+", "");
    String rest = bare.startsWith(name.substring(0, dot)) ? bare.substring(dot) : "";
    return rest.startsWith(".") && rest.contains(name.substring(dot));
  }

  private Half look(Path path) throws IOException {
    List<FileStamp> stamps = new ArrayList<>(List.of(FileStamp.of(path)));
    if (stamps.get(0).kind() == FileStamp.Kind.DIRECTORY) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          stamps.add(FileStamp.of(entry));
        }
      }
    }
    long now = System.nanoTime();
    Sight sight =
        sights.merge(
            path,
            new Sight(stamps, now),
            (before, seen) -> before.stamps().equals(seen.stamps()) ? before : seen);
    return new Half(path.getFileName().toString(), Duration.ofNanos(now - sight.since()));
  }
}
