package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.FileNames;
import io.mediadrop.archive.OrphanSidecars;
import io.mediadrop.sidecar.Sidecar;
import io.mediadrop.sidecar.SidecarNames;
import io.mediadrop.source.FileStamp;
import io.mediadrop.source.Printable;
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
      throws SftpException {
    if (sidecar == null) {
      return true;
    }
    String from = pathOf(file);
    if (!sidecar.isLike(session.stampOf(from))) {
      return true;
    }
    String to = file.server().path(FileNames.sidecar(place));
    FileStamp there = session.stampOf(to);
    if (sidecar.isLike(there)) {
      session.delete(from);
      return true;
    }
    return there == null && session.move(from, to);
  }

  /** Deletes the sidecar of a file, if it is still the one that was read. */
  static void delete(SftpSession session, RemoteFile file, Sidecar sidecar) throws SftpException {
    if (sidecar != null && sidecar.isLike(session.stampOf(pathOf(file)))) {
      session.delete(pathOf(file));
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
    server.sessions().with(session -> putAwayOrphan(session, server, relative));
    LOG.error(
        "{} {} was not used: see the reason beside it in failed on {}",
        lane.name(),
        Printable.of(relative),
        server);
  }

  private static Void putAwayOrphan(SftpSession session, SftpServer server, String relative)
      throws SftpException {
    String wanted = server.createFolders(session, "failed/" + SidecarNames.mediaOf(relative));
    for (int n = 1; ; n++) {
      String media = FileNames.numbered(wanted, n);
      String place = FileNames.sidecar(media);
      String to = server.path(place);
      if (session.stampOf(to) == null) {
        session.write(
            server.path(FileNames.reason(place)),
            OrphanSidecars.reason(relative, place, "its folder on the server"));
        if (session.move(server.path(relative), to)) {
          return null;
        }
      }
    }
  }
}
