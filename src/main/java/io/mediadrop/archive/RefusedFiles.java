package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Reason;
import io.mediadrop.file.DiskNames;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.WantedPlace;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a refused file aside, with the reason. It can be repeated after a crash at any step. */
class RefusedFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final Ledger ledger;
  private final Originals originals;
  private final SentFiles sentFiles;
  private final OriginalMove move;

  RefusedFiles(
      Home home, Ledger ledger, Originals originals, SentFiles sentFiles, OriginalMove move) {
    this.home = home;
    this.ledger = ledger;
    this.originals = originals;
    this.sentFiles = sentFiles;
    this.move = move;
  }

  /** Sets the file of a failed drop aside. */
  void take(Drop drop) throws IOException {
    originals.requireDisks();
    Reason reason = ledger.reasonOf(drop);
    ledger.setAside(drop, reason, take(drop, drop.source(), reason));
  }

  /**
   * Moves the file of an upload, of which the API could make nothing, to the refused files; returns
   * its place there, or null if it is gone or was changed.
   */
  String takeFaulty(Drop drop, Path file) throws IOException {
    originals.requireDisks();
    return take(drop, file, Reason.NOT_PROCESSED);
  }

  /** Moves the file to the refused ones; returns its place there, or null if it is gone. */
  private String take(Drop drop, Path file, Reason reason) throws IOException {
    String place = movedBefore(drop, file);
    if (place == null && sentFiles.isSent(drop, file)) {
      place = move(drop, file, reason);
    }
    if (place != null) {
      SidecarMove.after(drop, file, home.failed().resolve(place));
    }
    return place;
  }

  /** A crash during the move may have left it where it was to go, or at both places. */
  private String movedBefore(Drop drop, Path file) throws IOException {
    String place = ledger.movedTo(drop).orElse(null);
    if (place == null) {
      return null;
    }
    Path target = home.failed().resolve(place);
    SafeMove.forgetPlaceholder(target);
    if (!isThere(target)) {
      return null;
    }
    if (sentFiles.isSent(drop, target)) {
      move.finish(drop, file, target);
      return place;
    }
    if (SafeMove.isOneFile(file, target)) {
      // it was changed since, and is a file of its own at its first place
      SafeMove.remove(target, FileStamp.of(target));
      Files.deleteIfExists(home.failed().resolve(FileNames.reason(place)));
      SafeMove.syncFolder(target.getParent());
      return null;
    }
    return sentFiles.isSent(drop, file) ? null : place;
  }

  private String move(Drop drop, Path file, Reason reason) throws IOException {
    String place = freePlace(drop);
    ledger.movingTo(drop, place);
    Path target = home.failed().resolve(place);
    SafeMove.replace(
        home.failed().resolve(FileNames.reason(place)),
        Reasons.write(drop, reason, target, placeToRetry(drop)));
    ledger.sync();
    SafeMove.move(file, target);
    LOG.error("{} was not uploaded: see failed/{}", drop, Printable.of(FileNames.reason(place)));
    return place;
  }

  private String freePlace(Drop drop) {
    String path = DiskNames.path(home.failed(), drop.path());
    String taken = DiskNames.taken(home.failed(), drop.lane() + "/" + path);
    String wanted =
        WantedPlace.below(
            home.failed(), drop.lane(), taken.substring(taken.indexOf('/') + 1), place -> false);
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(place -> !isThere(home.failed().resolve(place)))
        .filter(
            place ->
                drop.sidecar() == null || !isThere(home.failed().resolve(FileNames.sidecar(place))))
        .findFirst()
        .orElseThrow();
  }

  /** The text that tells a person why the drop failed. */
  byte[] reason(Drop drop) {
    boolean refused = drop.state() == DropState.FAILED || drop.state() == DropState.FAILED_MOVED;
    return Reasons.write(
        drop,
        refused ? ledger.reasonOf(drop) : Reason.NOT_PROCESSED,
        drop.source(),
        placeToRetry(drop));
  }

  /** Where the file is to be put for another try. */
  private String placeToRetry(Drop drop) {
    return drop.source().startsWith(home.data())
        ? "its folder on the server"
        : Printable.of(drop.source().getParent());
  }

  /** The reason of a file that was dragged back and has gone well now would only confuse. */
  void forgetReason(Drop drop) {
    String place = drop.lane() + "/" + drop.path();
    forgetReason(place);
    if (drop.sidecar() != null) {
      // it may have been there alone
      forgetReason(FileNames.sidecar(place));
    }
  }

  private void forgetReason(String place) {
    Path reason = home.failed().resolve(FileNames.reason(place));
    try {
      if (isThere(reason) && !isThere(home.failed().resolve(place))) {
        Files.deleteIfExists(reason);
      }
    } catch (IOException e) {
      LOG.warn("{} is about a file that is archived now: {}", Printable.of(reason), e.toString());
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
