package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.DiskNames;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where the original of an uploaded drop lies in the archive, and its receipt. */
class Originals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final UploadRecords uploadRecords;
  private final SentFiles sentFiles;

  Originals(Home home, UploadRecords uploadRecords, SentFiles sentFiles) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.sentFiles = sentFiles;
  }

  Path original(Drop drop) {
    return home.archive().resolve(drop.archivePath());
  }

  Path receipt(Drop drop) {
    return home.archive().resolve(FileNames.receipt(drop.archivePath()));
  }

  /** Whether the original of a filed drop is in the archive, whole. */
  boolean has(Drop drop) {
    return drop.archivePath() != null && SafeMove.isWhole(original(drop), drop.size());
  }

  /** Whether the archive's disk takes the names of the drop's place. */
  boolean takesNames(Drop drop) {
    return DiskNames.taken(home.archive(), drop.archivePath()).equals(drop.archivePath());
  }

  /**
   * On a disk that is not the one that was meant, a file would vanish from sight later.
   *
   * @return the mark of the mounting that is written through from here on
   */
  long requireDisks() throws IOException {
    if (!home.disks().areThere()) {
      throw new IOException("archive or failed is gone or lies on another disk than at the start");
    }
    return home.disks().mounting().mark();
  }

  /**
   * The drop, if need be with another place than it was promised: one whose names the disk takes,
   * and that nothing else has. The ledger has it before anything goes there.
   */
  Drop placed(Drop drop) throws IOException {
    String taken = DiskNames.taken(home.archive(), drop.archivePath());
    boolean refused = !taken.equals(drop.archivePath());
    if (refused ? isThere(drop) : !isOthers(drop)) {
      return drop;
    }
    if (DiskNames.isPath(home.archive(), drop.archivePath())) {
      SafeMove.forgetCopy(original(drop));
    }
    Drop placed = uploadRecords.elsewhere(drop, taken);
    LOG.info(
        "{} goes to {} in the archive, {}",
        drop,
        Printable.of(placed.archivePath()),
        refused ? "whose disk does not take its name" : "where something else has its name");
    return placed;
  }

  private boolean isThere(Drop drop) {
    return DiskNames.isPath(home.archive(), drop.archivePath()) && isThere(original(drop));
  }

  /** Whether the drop's file is still to be moved, and what has its place is another one. */
  private boolean isOthers(Drop drop) throws IOException {
    return isThere(original(drop))
        && !SafeMove.isPlaceholder(original(drop))
        && !drop.tainted()
        && sentFiles.isSent(drop, drop.source())
        && !sentFiles.isAtBoth(drop, drop.source(), original(drop))
        && !isReplaced(drop);
  }

  /** Whether the drop's file is at its place, and another of its size and time where it was. */
  private boolean isReplaced(Drop drop) throws IOException {
    return sentFiles.isSent(drop, original(drop))
        && !sentFiles.isItself(drop, FileStamp.of(drop.source()));
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
