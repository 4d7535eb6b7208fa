package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.mediadrop.archive.Archive;
import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Intake;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the copy of a file on a server that is delivered, unless it was delivered already. */
class Fetching {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Intake intake;
  private final Archive archive;
  private final RemoteDrops remoteDrops;
  private final WorkCopies workCopies;
  private final Duration repeat;

  /**
   * Fetches what the ledger does not know to be done.
   *
   * @param repeat how long a file is left alone that could not be fetched
   */
  Fetching(
      Intake intake,
      Archive archive,
      RemoteDrops remoteDrops,
      WorkCopies workCopies,
      Duration repeat) {
    this.intake = intake;
    this.archive = archive;
    this.remoteDrops = remoteDrops;
    this.workCopies = workCopies;
    this.repeat = repeat;
  }

  /**
   * The copy of the file, to be delivered; null if there is nothing to deliver: mediadrop is
   * stopping, the lane pauses or is about to go, or the drop has ended and only its file is left on
   * the server.
   */
  DroppedFile fetch(RemoteFile file) throws Exception {
    if (!intake.isOpen() || !file.lane().takesFiles()) {
      return null;
    }
    remoteDrops.unfiled(file).ifPresent(archive::putAway);
    if (remoteDrops.unfiled(file).isPresent() || remoteDrops.ended(file).isPresent()) {
      return null;
    }
    remoteDrops.follow(file);
    if (!workCopies.has(file)) {
      workCopies.fetch(file);
    }
    return new DroppedFile(
        file.lane(),
        file.local(),
        FileStamp.of(file.local()),
        file.unchangedFor(),
        file.origin(),
        stampOfSidecar(file));
  }

  private FileStamp stampOfSidecar(RemoteFile file) throws Exception {
    if (file.sidecar() == null) {
      return null;
    }
    RemoteFile sidecar = file.itsSidecar();
    if (!workCopies.has(sidecar)) {
      workCopies.fetch(sidecar);
    }
    return FileStamp.of(sidecar.local());
  }

  /** Leaves a file alone for a while that could not be fetched or delivered. */
  void failed(RemoteFile file, Exception failure) {
    if (failure instanceof SftpException gone && gone.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
      // the next listing will not have it
      return;
    }
    if (failure instanceof RemoteFileChanged) {
      LOG.warn("{}: {}; it is taken once it has settled", file, failure.getMessage());
      return;
    }
    LOG.warn("{} cannot be fetched, which is tried again: {}", file, reason(failure));
    file.lane().hand().hold(file.local(), repeat);
  }

  private static String reason(Throwable failure) {
    return Printable.of(failure.getClass().getSimpleName() + " " + failure.getMessage());
  }
}
