package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.Writers;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the file that was sent, and no other. It can be repeated after a crash at any step. */
class OriginalMove {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final Ledger ledger;
  private final SentFiles sentFiles;
  private final Writers writers;
  private final ChangedOriginals changedOriginals;

  OriginalMove(
      Home home,
      Ledger ledger,
      SentFiles sentFiles,
      Writers writers,
      ChangedOriginals changedOriginals) {
    this.home = home;
    this.ledger = ledger;
    this.sentFiles = sentFiles;
    this.writers = writers;
    this.changedOriginals = changedOriginals;
  }

  /**
   * Moves the file that was sent, unless that was done before a crash. What was moved and is
   * another one by now does not stay at the place.
   *
   * @return whether it is at its place; false if it is gone or was replaced
   */
  boolean once(Drop drop, Path place) throws IOException {
    if (sentFiles.isSent(drop, place)) {
      finish(drop, drop.source(), place);
      return true;
    }
    if (!drop.tainted() && sentFiles.isSent(drop, drop.source())) {
      requireClosed(drop.source(), home.archive());
      ledger.sync();
      SafeMove.move(drop.source(), place);
      if (sentFiles.isSent(drop, place)) {
        return true;
      }
    }
    if (isMoved(drop, place)) {
      changedOriginals.putBack(drop);
    } else {
      LOG.warn("{} was uploaded, but its file is gone or was changed since", drop);
    }
    return false;
  }

  /** A crash before the end of the move leaves the file at both places. */
  void finish(Drop drop, Path from, Path to) throws IOException {
    if (!isThere(from)) {
      return;
    }
    FileStamp left = FileStamp.of(from);
    if (sentFiles.isLeft(drop, from, to)) {
      if (!SafeMove.isOneFile(from, to)) {
        requireClosed(from, to);
        SafeMove.syncFile(to);
      }
      ledger.sync();
      SafeMove.forgetCopy(to);
      SafeMove.syncFolder(to.getParent());
      if (FileStamp.of(from).equals(left)) {
        SafeMove.remove(from, left);
      }
      SafeMove.syncFolder(from.getParent());
    }
  }

  /**
   * What a program goes on to write would be lost with the file that was copied to another disk.
   */
  private void requireClosed(Path from, Path to) throws IOException {
    if (!isOneDisk(from, to) && writers.of(from, FileStamp.of(from)) == Writers.Answer.SOMEBODY) {
      throw new IOException("a program has it open for writing: it is moved once it is closed");
    }
  }

  private static boolean isOneDisk(Path from, Path to) throws IOException {
    return Files.getFileStore(from).equals(Files.getFileStore(to));
  }

  /** Whether what has the place was moved there, and is not a file that somebody has put there. */
  private boolean isMoved(Drop drop, Path place) throws IOException {
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        && (!isThere(drop.source())
            || SafeMove.isOneFile(drop.source(), place)
            || !isOneDisk(drop.source(), place)
            || sentFiles.isItself(drop, FileStamp.of(place)));
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
