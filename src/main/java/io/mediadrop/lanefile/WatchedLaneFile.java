package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A file of lanes that may be edited at any time. It is read once it has stayed the same for a
 * while; what was read well last counts until it is well again, or gone for as long.
 */
class WatchedLaneFile {

  private record Stamp(long modified, long size, Object key) {}

  /** A file that was last written so many milliseconds before it was seen first is not new. */
  private static final long OLD = 60_000;

  private static final Stamp GONE = new Stamp(0, -1, null);

  private final Path file;
  private Stamp seen;
  private Stamp read;
  private long since;
  private boolean isOld;
  private List<LaneDefinition> lanes = List.of();
  private String mistake;

  /** A file that has not been looked at. */
  WatchedLaneFile(Path file) {
    this.file = file;
  }

  /**
   * Looks at the file, and reads it if it has changed since it was read last, or was wrong then.
   *
   * @param now the time by a clock that nobody sets, in nanoseconds
   * @param still how long the file must have stayed the same, in nanoseconds
   */
  void look(long now, long still, Function<Path, List<LaneDefinition>> reader) {
    Stamp stamp = stamp();
    if (!stamp.equals(seen)) {
      isOld = seen == null && System.currentTimeMillis() - stamp.modified() > OLD;
      seen = stamp;
      since = now;
    }
    if (now - since >= still && (mistake != null || !seen.equals(read))) {
      read = seen;
      read(reader);
    }
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().toMillis(), is.size(), is.fileKey());
    } catch (IOException e) {
      return GONE;
    }
  }

  private void read(Function<Path, List<LaneDefinition>> reader) {
    try {
      lanes = isGone() ? List.of() : reader.apply(file);
      mistake = null;
    } catch (ConfigurationMistake e) {
      mistake = e.getMessage();
    }
  }

  /** The file. */
  Path path() {
    return file;
  }

  /**
   * Whether what was read is what is there, and nobody is about to write on.
   *
   * @param now the time by the clock that nobody sets, in nanoseconds
   * @param still how long a file that is being written at most stays the same, in nanoseconds
   */
  boolean isRead(long now, long still) {
    return seen.equals(read) && (now - since >= still || isOld);
  }

  /** Whether the file has been read as gone. */
  boolean isGone() {
    return Objects.equals(read, GONE);
  }

  /** What is wrong with the file, or null. */
  String mistake() {
    return mistake;
  }

  /** The lanes in it when it was right last. */
  List<LaneDefinition> lanes() {
    return lanes;
  }
}
