package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.Quantity;
import io.mediadrop.archive.FileNames;
import io.mediadrop.archive.Filing;
import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.DropState;
import io.mediadrop.ledger.RemoteDrops;
import io.mediadrop.sidecar.Sidecar;
import io.mediadrop.source.FileStamp;
import io.mediadrop.source.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files away on their server once their drop has ended: into {@code done}, into {@code failed}
 * with the reason, or not at all. What cannot be put away is remembered and not taken again.
 */
public class RemoteOriginals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** The files of each lane that are still at their place, by path, with what identifies them. */
  private final Map<String, Map<String, String>> left = new ConcurrentHashMap<>();

  private final Set<String> alarmed = ConcurrentHashMap.newKeySet();
  private RemoteDrops remoteDrops;
  private Filing filing;
  private Duration repeat;

  /** Reads from the ledger what an earlier run has left on the lane's server. */
  void recall(RemoteLane lane) {
    left.put(lane.name(), new ConcurrentHashMap<>(remoteDrops.left(lane.name())));
  }

  /** Whether the file was uploaded and stays where it is. */
  boolean isKept(RemoteLane lane, SftpServer server, String relative, FileStamp stamp) {
    return server.after() == SftpServer.After.KEEP
        && server.origin(relative, stamp).equals(left.get(lane.name()).get(relative));
  }

  /** Forgets files that somebody took away, in folders that were listed. */
  void endOfListing(RemoteLane lane, Set<Path> present, Set<String> folders) {
    Map<String, String> ofLane = left.get(lane.name());
    List<String> gone = new ArrayList<>();
    ofLane.forEach(
        (relative, origin) -> {
          Path local = lane.directory().resolve(relative);
          String folder = RemoteFile.folderOf(relative);
          if (folders.contains(folder) && !present.contains(local) && !lane.hand().isTaken(local)) {
            gone.add(origin);
          }
        });
    remoteDrops.putAway(lane.name(), gone);
    ofLane.values().removeAll(gone);
  }

  /** Puts a delivered file away, here and on the server, as far as its drop has ended. */
  public void putAway(@Variable("remoteFile") RemoteFile file, @Variable("drop") Drop drop) {
    if (drop != null && !filing.putAway(drop)) {
      file.lane().hand().hold(file.local(), repeat);
      return;
    }
    Optional<Drop> ended = remoteDrops.ended(file);
    if (ended.isEmpty() || remoteDrops.unfiled(file).isPresent()) {
      return;
    }
    left.get(file.lane().name()).put(file.relative(), file.origin());
    if (file.server().after() != SftpServer.After.KEEP) {
      putAwayThere(file, ended.get());
    }
  }

  private void putAwayThere(RemoteFile file, Drop drop) {
    try {
      file.server().sessions().with(session -> move(session, file, drop));
      remoteDrops.putAway(file.lane().name(), List.of(file.origin()));
      left.get(file.lane().name()).remove(file.relative());
      alarmed.remove(file.lane().name());
    } catch (Exception e) {
      file.lane().hand().hold(file.local(), repeat);
      alarm(file, e);
    }
  }

  private void alarm(RemoteFile file, Exception failure) {
    // what has a cause is a broken connection, and no answer of the server
    boolean refused = failure instanceof SftpException && failure.getCause() == null;
    if (refused && alarmed.add(file.lane().name())) {
      LOG.error(
          "{} cannot be put away on {}, nor can others, which is tried again: {}. Give the account"
              + " the rights to create folders and to move files there, or set the lane's after"
              + " to keep. Nothing is uploaded twice",
          file,
          file.server(),
          Printable.of(String.valueOf(failure.getMessage())));
    }
  }

  private Void move(SftpSession session, RemoteFile file, Drop drop) throws SftpException {
    String from = file.server().path(file.relative());
    if (!file.isSame(session.stampOf(from))) {
      // gone, or another one by now, which will be taken once it has settled
      return null;
    }
    boolean refused = drop.state() == DropState.FAILED_MOVED || remoteDrops.isFaulty(drop);
    if (!refused && file.server().after() == SftpServer.After.DELETE) {
      RemoteSidecars.delete(session, file, drop.sidecar());
      session.delete(from);
      return null;
    }
    String folder = refused ? "failed/" : "done/";
    move(session, file, from, folder, refused ? filing.reason(drop) : null, drop.sidecar());
    return null;
  }

  private void move(
      SftpSession session,
      RemoteFile file,
      String from,
      String folder,
      byte[] reason,
      Sidecar sidecar)
      throws SftpException {
    String wanted = file.server().createFolders(session, folder + file.relative());
    for (int n = 1; ; n++) {
      String name = FileNames.numbered(wanted, n);
      String to = file.server().path(name);
      FileStamp there = session.stampOf(to);
      if (there != null && !file.isSame(there)
          || !RemoteSidecars.move(session, file, sidecar, name)) {
        continue;
      }
      if (reason != null) {
        session.write(file.server().path(FileNames.reason(name)), reason);
      }
      if (there != null) {
        // a crash left it under both names
        session.delete(from);
        return;
      }
      if (session.move(from, to)) {
        return;
      }
    }
  }

  public void setRemoteDrops(RemoteDrops remoteDrops) {
    this.remoteDrops = remoteDrops;
  }

  public void setFiling(Filing filing) {
    this.filing = filing;
  }

  /** How long a file is left alone that could not be put away. */
  public void setRepeat(String time) {
    repeat = Quantity.time(time);
  }
}
