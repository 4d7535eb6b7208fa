package io.mediadrop.archive;

import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/** Writes receipts in the home anew, with what has become known since the original was filed. */
class RenewedReceipts {

  private final Home home;
  private final UploadRecords uploadRecords;
  private final Receipts receipts;

  RenewedReceipts(Home home, UploadRecords uploadRecords, Receipts receipts) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.receipts = receipts;
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
   * Makes a receipt again that a power cut may have taken; one whose original is gone as well was
   * removed by somebody.
   */
  void makeAgain(long dropId) throws IOException {
    receipts.anew().lock();
    try {
      Uploaded uploaded = uploadRecords.ofDrop(dropId);
      FoundReceipt found = receipts.found(uploaded);
      if (found != FoundReceipt.MISSING || isOriginalThere(uploaded)) {
        receipts.replace(uploaded, isKept(uploaded, found));
      }
    } finally {
      receipts.anew().unlock();
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
