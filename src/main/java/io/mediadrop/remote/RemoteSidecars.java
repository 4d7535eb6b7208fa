package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.OrphanSidecars;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts sidecars away on their server: each before its file, so that a crash leaves none alone. */
final class RemoteSidecars {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private RemoteSidecars() {}

  /**
   * Moves the sidecar of a file to where the file is about to go, unless that was done before a
   * crash. One that was changed since it was read stays.
   *
   * @param place the file's place to be, below the lane's folder
   * @return false if another's sidecar is there, so that the file needs another place
   */
  static boolean move(SftpSession session, RemoteFile file, Sidecar sidecar, String place)
      throws SftpException, NotSeen {
    if (sidecar == null) {
      return true;
    }
    String from = pathOf(file);
    FileStamp stamp = session.stampOf(from);
    if (!sidecar.isLike(stamp)) {
      return true;
    }
    RemoteMoves moves = file.server().moves();
    RemoteMove move = new RemoteMove(stamp, from, file.server().path(FileNames.sidecar(place)));
    return moves.isFree(session, move) && moves.make(session, move);
  }

  /** Deletes the sidecar of a file, if it is still the one that was read. */
  static void delete(SftpSession session, RemoteFile file, Sidecar sidecar)
      throws SftpException, NotSeen {
    FileStamp stamp = sidecar == null ? null : session.stampOf(pathOf(file));
    if (sidecar != null && sidecar.isLike(stamp)) {
      file.server().moves().delete(session, stamp, pathOf(file));
    }
  }

  private static String pathOf(RemoteFile file) {
    return file.server().path(SidecarNames.of(file.relative()));
  }

  /** Moves a sidecar whose media file never came to the refused ones, with the reason. */
  static void putAwayOrphan(RemoteLane lane, SftpServer server, Path orphan) throws Exception {
    if (server.after() == SftpServer.After.KEEP) {
      throw new IOException("the lane's after is keep");
    }
    String relative = RemoteFile.relative(lane, orphan);
    if (server.sessions().with(session -> putAwayOrphan(session, server, relative))) {
      LOG.error(
          "{} {} was not used: see the reason beside it in failed on {}",
          lane.name(),
          Printable.of(relative),
          server);
    }
  }

  private static boolean putAwayOrphan(SftpSession session, SftpServer server, String relative)
      throws SftpException, NotSeen {
    String from = server.path(relative);
    FileStamp stamp = session.stampOf(from);
    if (stamp == null) {
      return false;
    }
    String wanted = server.createFolders(session, "failed/" + SidecarNames.mediaOf(relative));
    for (int n = 1; ; n++) {
      String media = FileNames.numbered(wanted, n);
      String place = FileNames.sidecar(media);
      RemoteMove move = new RemoteMove(stamp, from, server.path(place));
      if (server.moves().isFree(session, move)) {
        session.write(
            server.path(FileNames.reason(place)),
            OrphanSidecars.reason(relative, place, "its folder on the server"));
        if (server.moves().make(session, move)) {
          return true;
        }
      }
    }
  }
}
