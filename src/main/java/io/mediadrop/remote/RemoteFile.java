package io.mediadrop.remote;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A settled file on a server as a lane hands it over.
 *
 * @param lane the lane that it is fetched for
 * @param server where it is
 * @param local where its copy on this machine is or will be, absolute
 * @param stamp what it was when it had settled
 * @param unchangedFor for how long it has been that, as far as we have seen
 * @param sidecar what its sidecar was when it had settled; null if it has none
 */
public record RemoteFile(
    RemoteLane lane,
    SftpServer server,
    Path local,
    FileStamp stamp,
    Duration unchangedFor,
    FileStamp sidecar) {

  /** Its sidecar, as a file on the server like any other. */
  RemoteFile itsSidecar() {
    return new RemoteFile(lane, server, SidecarNames.of(local), sidecar, unchangedFor, null);
  }

  /** The path below the lane's folder on the server, with slashes. */
  public String relative() {
    return relative(lane, local);
  }

  static String relative(RemoteLane lane, Path local) {
    return lane.directory().relativize(local).toString().replace('\\', '/');
  }

  /** The folder of a path below the lane's folder; empty for the lane's folder itself. */
  static String folderOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** What tells this file from every other one, also from an older one at its place. */
  public String origin() {
    return server.origin(relative(), stamp);
  }

  /** Whether a file on the server with this stamp is the same one. */
  boolean isSame(FileStamp other) {
    return other != null
        && other.kind() == FileStamp.Kind.FILE
        && other.size() == stamp.size()
        && other.modified() == stamp.modified();
  }

  /** The lane and the path below it, safe to print. */
  @Override
  public String toString() {
    return lane.name() + " " + Printable.of(relative());
  }
}
