package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.Archive;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files away on their server once their drop has ended: into {@code done}, into {@code failed}
 * with the reason, or not at all. What cannot be put away is remembered and not taken again.
 */
public class RemoteOriginals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Listings and other connections of a server may show a file for so long that is gone. */
  private static final Duration LATE = Duration.ofSeconds(10);

  /** The files of each lane that are still at their place, by path, with what identifies them. */
  private final Map<String, Map<String, String>> left = new ConcurrentHashMap<>();

  private final Map<String, StuckFiles> stuck = new ConcurrentHashMap<>();

  /** The files that were put away a moment ago, by what identifies them, and when. */
  private final Map<String, Long> justPutAway = new ConcurrentHashMap<>();

  private final AbsentFiles absent = new AbsentFiles();
  private RemoteDrops remoteDrops;
  private Archive archive;
  private Duration repeat;

  /** Reads from the ledger what an earlier run has left on the lane's server. */
  void recall(RemoteLane lane) {
    left.put(lane.name(), new ConcurrentHashMap<>(remoteDrops.left(lane.name())));
  }

  private StuckFiles stuckOf(RemoteLane lane) {
    return stuck.computeIfAbsent(lane.name(), name -> new StuckFiles());
  }

  /** Whether the file was uploaded and stays where it is, or has gone and is still listed. */
  boolean isKept(RemoteLane lane, SftpServer server, String relative, FileStamp stamp) {
    String origin = server.origin(relative, stamp);
    return justPutAway.containsKey(origin)
        || server.after() == SftpServer.After.KEEP
            && origin.equals(left.get(lane.name()).get(relative));
  }

  /** Forgets files that somebody took away, in folders that were listed. */
  void endOfListing(RemoteLane lane, SftpServer server, Set<Path> present, Set<String> folders) {
    justPutAway.values().removeIf(when -> System.nanoTime() - when > LATE.toNanos());
    Map<String, String> missing = new HashMap<>();
    left.get(lane.name())
        .forEach(
            (relative, origin) -> {
              Path local = lane.directory().resolve(relative);
              if (present.contains(local) || !folders.contains(RemoteFile.folderOf(relative))) {
                absent.seen(origin);
              } else if (!lane.hand().isTaken(local)
                  && absent.isMissingFor(doubtFor(lane, server, origin), origin)) {
                missing.put(relative, origin);
              }
            });
    if (!missing.isEmpty()) {
      forget(lane, server, missing);
    }
  }

  /**
   * How long a file must be missing until that is believed. One that was to stay would be uploaded
   * again after a listing that was wrong, or when the server's disk was away for a while.
   */
  private Duration doubtFor(RemoteLane lane, SftpServer server, String origin) {
    return server.after() == SftpServer.After.KEEP || stuckOf(lane).has(origin)
        ? Duration.ofDays(1)
        : Duration.ZERO;
  }

  private void forget(RemoteLane lane, SftpServer server, Map<String, String> missing) {
    List<String> gone = new ArrayList<>();
    try {
      server.sessions().with(session -> gone.addAll(notThere(session, server, missing)));
    } catch (Exception e) {
      LOG.debug("Lane {}: nobody knows what is gone from {}", lane, server, e);
    }
    remoteDrops.putAway(lane.name(), gone);
    left.get(lane.name()).values().removeAll(gone);
    gone.forEach(stuckOf(lane)::forget);
    gone.forEach(absent::seen);
  }

  private static List<String> notThere(
      SftpSession session, SftpServer server, Map<String, String> missing) throws SftpException {
    List<String> gone = new ArrayList<>();
    for (Map.Entry<String, String> file : missing.entrySet()) {
      FileStamp there = session.stampOf(server.path(file.getKey()));
      if (there == null || !server.origin(file.getKey(), there).equals(file.getValue())) {
        gone.add(file.getValue());
      }
    }
    return gone;
  }

  /** Puts a delivered file away, here and on the server, as far as its drop has ended. */
  public void putAway(@Variable("remoteFile") RemoteFile file, @Body Drop drop) {
    if (drop != null && !archive.putAway(drop)) {
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
      justPutAway.put(file.origin(), System.nanoTime());
      left.get(file.lane().name()).remove(file.relative());
      stuckOf(file.lane()).forget(file.origin());
    } catch (NotSeen e) {
      stuckOf(file.lane()).notSeen(file, e);
      file.lane().hand().hold(file.local(), repeat);
    } catch (SftpException e) {
      stuckOf(file.lane()).refused(file, e);
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

  public void setRemoteDrops(RemoteDrops remoteDrops) {
    this.remoteDrops = remoteDrops;
  }

  public void setArchive(Archive archive) {
    this.archive = archive;
  }

  /** How long a file is left alone that could not be put away. */
  public void setRepeat(String time) {
    repeat = Quantity.time(time);
  }
}
