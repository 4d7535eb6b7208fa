package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.CompanionFiling;
import io.mediadrop.archive.CompanionFiling.Outcome;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.CompanionsMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches the companion of a media file that was on a server, puts it beside that, and only then
 * away on the server.
 */
class RemoteCompanions {

  private final CompanionRecords records;
  private final CompanionFiling filing;
  private final WorkCopies workCopies;

  RemoteCompanions(CompanionRecords records, CompanionFiling filing, WorkCopies workCopies) {
    this.records = records;
    this.filing = filing;
    this.workCopies = workCopies;
  }

  /** Takes a companion along that has settled, if its media file has been put away. */
  Outcome takeAlong(RemoteLane lane, SftpServer server, Path local, FileStamp stamp)
      throws Exception {
    RemoteFile file = new RemoteFile(lane, server, local, stamp, Duration.ZERO, null);
    Optional<CompanionsMedia> media = records.mediaOf(lane.name(), file.relative());
    if (media.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (!media.get().putAway()) {
      return Outcome.NOT_YET;
    }
    if (!filing.has(media.get(), local.getFileName().toString(), stamp)) {
      workCopies.fetch(file);
      Outcome taken = filing.take(lane.name(), file.relative(), local, FileStamp.of(local));
      if (taken != Outcome.TAKEN_ALONG) {
        return taken;
      }
    }
    if (server.after() == SftpServer.After.KEEP) {
      return Outcome.TAKEN_AND_KEPT;
    }
    server.sessions().with(session -> putAway(session, file, media.get().failed()));
    return Outcome.TAKEN_ALONG;
  }

  private static Void putAway(SftpSession session, RemoteFile file, boolean failed)
      throws SftpException, NotSeen {
    SftpServer server = file.server();
    String from = server.path(file.relative());
    if (!file.isSame(session.stampOf(from))) {
      // gone, or another one by now, which follows by itself
      return null;
    }
    if (!failed && server.after() == SftpServer.After.DELETE) {
      server.moves().delete(session, file.stamp(), from);
      return null;
    }
    String folder = failed ? "failed/" : "done/";
    String wanted = server.createFolders(session, folder + file.relative());
    for (int n = 1; ; n++) {
      String to = server.path(FileNames.numbered(wanted, n));
      RemoteMove move = new RemoteMove(file.stamp(), from, to);
      if (server.moves().isFree(session, move) && server.moves().make(session, move)) {
        return null;
      }
    }
  }
}
