package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.Archive;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.file.FileNames;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files away on their server once their drop has ended: into {@code done}, into {@code failed}
 * with the reason, or not at all.
 */
class RemoteOriginals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final LeftOriginals left;
  private final RemoteDrops remoteDrops;
  private final Archive archive;
  private final Duration repeat;

  /**
   * Puts away what has ended.
   *
   * @param repeat how long a file is left alone that could not be put away
   */
  RemoteOriginals(LeftOriginals left, RemoteDrops remoteDrops, Archive archive, Duration repeat) {
    this.left = left;
    this.remoteDrops = remoteDrops;
    this.archive = archive;
    this.repeat = repeat;
  }

  /** Puts a delivered file away, here and on the server, as far as its drop has ended. */
  void putAway(RemoteFile file, Drop drop) {
    if (drop != null && !archive.putAway(drop)) {
      file.lane().hand().hold(file.local(), repeat);
      return;
    }
    Optional<Drop> ended = remoteDrops.ended(file);
    if (ended.isEmpty() || remoteDrops.unfiled(file).isPresent()) {
      return;
    }
    left.leave(file);
    if (file.server().after() != SftpServer.After.KEEP) {
      putAwayThere(file, ended.get());
    }
  }

  private void putAwayThere(RemoteFile file, Drop drop) {
    try {
      file.server().sessions().with(session -> move(session, file, drop));
      left.putAway(file);
    } catch (NotSeen e) {
      left.stuckOf(file.lane()).notSeen(file, e);
      file.lane().hand().hold(file.local(), repeat);
    } catch (SftpException e) {
      left.stuckOf(file.lane()).refused(file, e);
      file.lane().hand().hold(file.local(), repeat);
    } catch (Exception e) {
      LOG.debug("{} cannot be put away on {} for the moment", file, file.server(), e);
      file.lane().hand().hold(file.local(), repeat);
    }
  }

  private Void move(SftpSession session, RemoteFile file, Drop drop) throws SftpException, NotSeen {
    String from = file.server().path(file.relative());
    if (!file.isSame(session.stampOf(from))) {
      // gone, or another one by now, which will be taken once it has settled
      return null;
    }
    boolean refused = drop.state() == DropState.FAILED_MOVED || remoteDrops.isFaulty(drop);
    if (!refused && file.server().after() == SftpServer.After.DELETE) {
      delete(session, file, drop, from);
      return null;
    }
    String folder = refused ? "failed/" : "done/";
    move(session, file, from, folder, refused ? archive.reason(drop) : null, drop.sidecar());
    return null;
  }

  private void delete(SftpSession session, RemoteFile file, Drop drop, String from)
      throws SftpException, NotSeen {
    if (!archive.hasOriginal(drop)) {
      throw new NotSeen("it is not deleted, since the archive here does not have it");
    }
    RemoteSidecars.delete(session, file, drop.sidecar());
    file.server().moves().delete(session, file.stamp(), from);
  }

  private void move(
      SftpSession session,
      RemoteFile file,
      String from,
      String folder,
      byte[] reason,
      Sidecar sidecar)
      throws SftpException, NotSeen {
    RemoteMoves moves = file.server().moves();
    String wanted = file.server().createFolders(session, folder + file.relative());
    for (int n = 1; ; n++) {
      String name = FileNames.numbered(wanted, n);
      RemoteMove move = new RemoteMove(file.stamp(), from, file.server().path(name));
      if (!moves.isFree(session, move) || !RemoteSidecars.move(session, file, sidecar, name)) {
        continue;
      }
      if (reason != null) {
        session.write(file.server().path(FileNames.reason(name)), reason);
      }
      if (moves.make(session, move)) {
        return;
      }
    }
  }
}
