package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.Writers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the file that was sent, and no other. It can be repeated after a crash at any step. */
class OriginalMove {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final SentFiles sentFiles;
  private final Writers writers;

  OriginalMove(Home home, SentFiles sentFiles, Writers writers) {
    this.home = home;
    this.sentFiles = sentFiles;
    this.writers = writers;
  }

  /**
   * Moves the file that was sent, unless that was done before a crash.
   *
   * @return whether it is at its place; false if it is gone or was replaced
   */
  boolean once(Drop drop, Path place) throws IOException {
    if (sentFiles.isSent(drop, place)) {
      finish(drop, drop.source(), place);
      return true;
    }
    if (!drop.tainted() && sentFiles.isSent(drop, drop.source())) {
      requireClosed(drop);
      SafeMove.move(drop.source(), place);
      if (sentFiles.isSent(drop, place)) {
        return true;
      }
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(drop.source(), LinkOption.NOFOLLOW_LINKS)) {
      putBack(drop, place);
    } else {
      LOG.warn("{} was uploaded, but its file is gone or was changed since", drop);
    }
    return false;
  }

  /** A crash before the end of the move leaves the file at both places. */
  void finish(Drop drop, Path from, Path to) throws IOException {
    if (sentFiles.isSent(drop, from)) {
      SafeMove.forgetCopy(to);
      SafeMove.syncFolder(to.getParent());
      SafeMove.remove(from, FileStamp.of(from));
      SafeMove.syncFolder(from.getParent());
    }
  }

  /**
   * What a program goes on to write would be lost with the file that was copied to another disk.
   */
  private void requireClosed(Drop drop) throws IOException {
    if (!Files.getFileStore(drop.source()).equals(Files.getFileStore(home.archive()))
        && writers.of(drop.source(), FileStamp.of(drop.source())) == Writers.Answer.SOMEBODY) {
      throw new IOException("a program has it open for writing: it is moved once it is closed");
    }
  }

  private static void putBack(Drop drop, Path replaced) throws IOException {
    for (int n = 1; ; n++) {
      try {
        Path source = drop.source().resolveSibling(FileNames.numbered(drop.name(), n));
        SafeMove.move(replaced, source);
        LOG.warn(
            "{} was uploaded and replaced at the last moment; the new file was put back as {}",
            drop,
            Printable.of(source.getFileName()));
        return;
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} was replaced twice, the next name is tried", drop, e);
      }
    }
  }
}
