package io.mediadrop.lane;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SmallContent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A settled file as a lane hands it over.
 *
 * @param lane whose folder it lies in
 * @param path where it lies, absolute
 * @param stamp what it was when it had settled
 * @param unchangedFor for how long it has been that, as far as we have seen
 * @param origin what identifies the file on the server that it was fetched from; null for one that
 *     was dropped on this machine
 * @param sidecar what its sidecar was when it had settled; null if it has none
 * @param content what it holds, as far as that is read once for all
 */
public record DroppedFile(
    Lane lane,
    Path path,
    FileStamp stamp,
    Duration unchangedFor,
    String origin,
    FileStamp sidecar,
    SmallContent content) {

  /** A file of which nothing was read yet. */
  public DroppedFile(
      Lane lane,
      Path path,
      FileStamp stamp,
      Duration unchangedFor,
      String origin,
      FileStamp sidecar) {
    this(lane, path, stamp, unchangedFor, origin, sidecar, new SmallContent(path, stamp));
  }

  /** A file that was dropped on this machine, without a sidecar. */
  public DroppedFile(Lane lane, Path path, FileStamp stamp, Duration unchangedFor) {
    this(lane, path, stamp, unchangedFor, null, null);
  }

  /** The file's path below the lane's folder. */
  public Path relative() {
    return lane.directory().relativize(path);
  }

  /** The file's name without its folder. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The size in bytes. */
  public long size() {
    return stamp.size();
  }

  /**
   * Whether nobody touched the file since it had settled, and no folder on the way to it is a link.
   *
   * @throws IOException if the file is gone or cannot be looked at
   */
  public boolean isUntouched() throws IOException {
    return FileStamp.of(path).equals(stamp) && (isOnTop() || path.toRealPath().equals(realPlace()));
  }

  /** Whether there is no folder on the way to it. */
  private boolean isOnTop() {
    return path.getParent().equals(lane.directory());
  }

  /** Whether the same file lies at another path too, as a second name of it. */
  public boolean isAlsoAt(Path other) {
    try {
      return FileStamp.of(other).key().equals(stamp.key());
    } catch (IOException e) {
      return false;
    }
  }

  private Path realPlace() throws IOException {
    return lane.directory().toRealPath().resolve(relative());
  }

  /** The lane and the path below it, safe to print. */
  @Override
  public String toString() {
    return lane.name() + " " + Printable.of(relative());
  }
}
