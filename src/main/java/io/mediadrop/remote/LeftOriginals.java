package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of servers are still at their places, or seem to be, though their drops have ended:
 * none of them is taken again.
 */
class LeftOriginals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Listings and other connections of a server may show a file for so long that is gone. */
  private static final Duration LATE = Duration.ofSeconds(10);

  /** The files of each lane that are still at their place, by path, with what identifies them. */
  private final Map<String, Map<String, String>> left = new ConcurrentHashMap<>();

  private final Map<String, StuckFiles> stuck = new ConcurrentHashMap<>();

  /** The files that were put away a moment ago, by what identifies them, and when. */
  private final Map<String, Long> justPutAway = new ConcurrentHashMap<>();

  private final AbsentFiles absent = new AbsentFiles();
  private final RemoteDrops remoteDrops;

  LeftOriginals(RemoteDrops remoteDrops) {
    this.remoteDrops = remoteDrops;
  }

  /** Reads from the ledger what an earlier run has left on the lane's server. */
  void recall(RemoteLane lane) {
    left.put(lane.name(), new ConcurrentHashMap<>(remoteDrops.left(lane.name())));
  }

  /** The files of a lane that cannot be put away. */
  StuckFiles stuckOf(RemoteLane lane) {
    return stuck.computeIfAbsent(lane.name(), name -> new StuckFiles());
  }

  /** Whether the file was uploaded and stays where it is, or has gone and is still listed. */
  boolean isKept(RemoteLane lane, SftpServer server, String relative, FileStamp stamp) {
    String origin = server.origin(relative, stamp);
    return justPutAway.containsKey(origin)
        || server.after() == SftpServer.After.KEEP
            && origin.equals(left.get(lane.name()).get(relative));
  }

  /** The drop of this file has ended, and the file is at its place. */
  void leave(RemoteFile file) {
    left.get(file.lane().name()).put(file.relative(), file.origin());
  }

  /** The file was put away. */
  void putAway(RemoteFile file) {
    remoteDrops.putAway(file.lane().name(), List.of(file.origin()));
    justPutAway.put(file.origin(), System.nanoTime());
    left.get(file.lane().name()).remove(file.relative());
    stuckOf(file.lane()).forget(file.origin());
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
}
