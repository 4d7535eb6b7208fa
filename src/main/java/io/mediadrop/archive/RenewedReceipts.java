package io.mediadrop.archive;

import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes receipts in the home anew, with what has become known since the original was filed. */
class RenewedReceipts {

  private final Home home;
  private final UploadRecords uploadRecords;
  private final Receipts receipts;
  private final SplitAnswers splitAnswers;

  RenewedReceipts(
      Home home, UploadRecords uploadRecords, Receipts receipts, SplitAnswers splitAnswers) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.receipts = receipts;
    this.splitAnswers = splitAnswers;
  }

  /**
   * Replaces the receipt of the upload of the drop with this id, unless somebody has taken it away.
   *
   * @return what is known of the upload now
   */
  Uploaded renew(long dropId) throws IOException {
    receipts.anew().lock();
    try {
      Uploaded now = uploadRecords.ofDrop(dropId);
      FoundReceipt found = receipts.found(now);
      if (found != FoundReceipt.MISSING) {
        receipts.replace(now, isKept(now, found));
      }
      return now;
    } finally {
      receipts.anew().unlock();
    }
  }

  /**
   * Makes a receipt and items again that a power cut may have taken; a receipt whose original is
   * gone as well was removed by somebody, and so were items that are missing beside a whole one.
   */
  void makeAgain(long dropId) throws IOException {
    receipts.anew().lock();
    try {
      Uploaded uploaded = uploadRecords.ofDrop(dropId);
      FoundReceipt found = receipts.found(uploaded);
      boolean removed = found == FoundReceipt.MISSING && !isOriginalThere(uploaded);
      if (!removed && receipts.replace(uploaded, isKept(uploaded, found))) {
        splitAnswers.split(uploaded).replace(found.isLost());
      }
    } finally {
      receipts.anew().unlock();
    }
  }

  /**
   * Syncs what the system has been given of a receipt and items.
   *
   * @param place the original's below the archive
   * @return false if there is something that cannot be all of it
   */
  boolean isSynced(String place) throws IOException {
    return isSynced(home.archive().resolve(FileNames.receipt(place)))
        && isSynced(home.archive().resolve(FileNames.assets(place)));
  }

  private static boolean isSynced(Path file) throws IOException {
    try {
      SafeMove.syncFile(file);
      return Files.size(file) > 0;
    } catch (NoSuchFileException e) {
      // somebody has taken it away
      return true;
    }
  }

  /** What the receipt says, who may have taken the original elsewhere since. */
  private boolean isKept(Uploaded uploaded, FoundReceipt found) {
    return found.isLost() ? isOriginalThere(uploaded) : found == FoundReceipt.WITH_ORIGINAL;
  }

  private boolean isOriginalThere(Uploaded uploaded) {
    return Files.isRegularFile(
        home.archive().resolve(uploaded.archivePath()), LinkOption.NOFOLLOW_LINKS);
  }
}
