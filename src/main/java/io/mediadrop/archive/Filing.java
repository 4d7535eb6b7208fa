package io.mediadrop.archive;

import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.DropState;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.ledger.Uploaded;
import io.mediadrop.source.FileStamp;
import io.mediadrop.source.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a file where its drop has ended: an uploaded one into the archive with its receipt, a
 * refused one into the failed folder with its reason. Every step can be repeated after a crash.
 */
public class Filing {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** The times of files on some file systems are multiples of this, in nanoseconds. */
  private static final long ROUNDING = 2_000_000_000L;

  private Home home;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Receipts receipts;
  private Reasons reasons;

  /** Finishes what an earlier run had uploaded or given up, but not put away. */
  public void open() {
    ledger.in(DropState.UPLOADED).forEach(this::finish);
    ledger.in(DropState.FAILED).forEach(this::finish);
  }

  private void finish(Drop drop) {
    try {
      putAway(drop);
    } catch (UncheckedIOException e) {
      LOG.error("{} is done but its file cannot be put away: {}", drop, e.getMessage());
    }
  }

  /**
   * Puts the file of a drop away if the drop has ended.
   *
   * @throws UncheckedIOException if the disk refuses; the ledger still says what is to be done
   */
  public void putAway(Drop drop) {
    try {
      switch (drop.state()) {
        case UPLOADED -> archive(drop);
        case FAILED -> setAside(drop);
        default -> {
          // still under way: the file stays where it is
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void archive(Drop drop) throws IOException {
    Path original = home.archive().resolve(drop.archivePath());
    boolean kept = moveOnce(drop, original);
    Uploaded uploaded = uploadRecords.of(drop);
    SafeMove.replace(
        home.archive().resolve(FileNames.receipt(drop.archivePath())),
        receipts.write(uploaded, kept));
    uploadRecords.filed(drop);
    LOG.info("{} is uploaded as media {} and archived", drop, mediaId(uploaded));
  }

  private static String mediaId(Uploaded uploaded) {
    return uploaded.media().path("id").asText("(none yet)");
  }

  /**
   * Moves the file that was sent, unless that was done before a crash.
   *
   * @return whether it is in the archive; false if it is gone or was replaced
   */
  private boolean moveOnce(Drop drop, Path original) throws IOException {
    if (isKept(drop, original)) {
      finishMove(drop);
      return true;
    }
    if (!isSent(drop, drop.source())) {
      LOG.warn("{} was uploaded, but its file is gone or was replaced since", drop);
      return false;
    }
    SafeMove.move(drop.source(), original);
    if (isKept(drop, original)) {
      return true;
    }
    putBack(drop, original);
    return false;
  }

  /** A crash before the end of the move leaves the file at both places. */
  private static void finishMove(Drop drop) throws IOException {
    if (isSent(drop, drop.source())) {
      Files.delete(drop.source());
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

  /** Whether the file that was sent lies in the archive; some file systems round its time. */
  private static boolean isKept(Drop drop, Path original) throws IOException {
    if (!Files.exists(original, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    FileStamp stamp = FileStamp.of(original);
    long difference = Math.abs(stamp.modified() - drop.modified());
    return stamp.kind() == FileStamp.Kind.FILE
        && stamp.size() == drop.size()
        && (difference == 0 || difference < ROUNDING && isElsewhere(drop, original));
  }

  private static boolean isElsewhere(Drop drop, Path original) throws IOException {
    Path folder = drop.source().getParent();
    return !Files.exists(folder)
        || !Files.getFileStore(folder).equals(Files.getFileStore(original));
  }

  private static boolean isSent(Drop drop, Path path) throws IOException {
    try {
      FileStamp stamp = FileStamp.of(path);
      return stamp.kind() == FileStamp.Kind.FILE
          && stamp.size() == drop.size()
          && stamp.modified() == drop.modified();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void setAside(Drop drop) throws IOException {
    for (int n = 1; ; n++) {
      String place = FileNames.numbered(drop.lane() + "/" + drop.path(), n);
      Path target = home.failed().resolve(place);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        SafeMove.replace(
            home.failed().resolve(FileNames.reason(place)), reasons.write(drop, target));
        if (isSent(drop, drop.source())) {
          SafeMove.move(drop.source(), target);
        }
        ledger.failedMoved(drop);
        LOG.error("{} was not uploaded: see {}", drop, Printable.of(FileNames.reason(place)));
        return;
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} is taken, the next name is tried", place, e);
      }
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setReceipts(Receipts receipts) {
    this.receipts = receipts;
  }

  public void setReasons(Reasons reasons) {
    this.reasons = reasons;
  }
}
