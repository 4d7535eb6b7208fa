package io.mediadrop.remote;

import io.mediadrop.archive.CompanionFiling;
import io.mediadrop.file.FileStamp;
import io.mediadrop.source.CompanionRounds;
import io.mediadrop.source.HeldBack;
import io.mediadrop.source.SidecarRounds;
import java.io.InputStream;
import java.nio.file.Path;

/** Where a lane's files are on a server, and where what belongs to them is put there. */
class RemotePlace implements SidecarRounds.Place, CompanionRounds.Place, HeldBack.Content {

  private final RemoteLane lane;
  private final SftpServer server;
  private final RemoteCompanions companions;

  RemotePlace(RemoteLane lane, SftpServer server, RemoteCompanions companions) {
    this.lane = lane;
    this.server = server;
    this.companions = companions;
  }

  @Override
  public CompanionFiling.Outcome takeAlong(Path companion, FileStamp stamp) throws Exception {
    return companions.takeAlong(lane, server, companion, stamp);
  }

  @Override
  public void putAway(Path orphan) throws Exception {
    RemoteSidecars.putAwayOrphan(lane, server, orphan);
  }

  @Override
  public Path shown(Path file) {
    return Path.of(server.place(RemoteFile.relative(lane, file)));
  }

  @Override
  public InputStream of(Path below) throws Exception {
    return server.sessions().read(server.path(below.toString().replace('\\', '/')));
  }
}
