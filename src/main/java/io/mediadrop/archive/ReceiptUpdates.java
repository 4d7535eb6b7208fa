package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.concurrent.locks.Lock;

/** Brings the archive up to date when more is known of an upload than when it was filed. */
public class ReceiptUpdates {

  private final Home home;
  private final Receipts receipts;
  private final SplitAnswers splitAnswers;
  private final Originals originals;
  private final RefusedFiles refusedFiles;
  private final CompanionFiling companionFiling;

  ReceiptUpdates(
      Home home,
      Receipts receipts,
      SplitAnswers splitAnswers,
      Originals originals,
      RefusedFiles refusedFiles,
      CompanionFiling companionFiling) {
    this.home = home;
    this.receipts = receipts;
    this.splitAnswers = splitAnswers;
    this.originals = originals;
    this.refusedFiles = refusedFiles;
    this.companionFiling = companionFiling;
  }

  /** To be held until what was written is recorded too: others write receipts from the ledger. */
  public Lock lock() {
    return receipts.anew();
  }

  /** Writes the receipt anew; returns the original's place below the archive, or null. */
  public String complete(Uploaded uploaded) throws IOException {
    boolean kept =
        Files.isRegularFile(
            home.archive().resolve(uploaded.archivePath()), LinkOption.NOFOLLOW_LINKS);
    write(uploaded, kept);
    return kept ? uploaded.archivePath() : null;
  }

  /**
   * Moves the original to the refused files and writes the receipt anew, which stays; returns the
   * original's place below the refused files, or null.
   */
  public String takeBack(Drop drop, Uploaded uploaded) throws IOException {
    String place = refusedFiles.takeFaulty(drop, originals.original(drop));
    if (place != null) {
      companionFiling.follow(drop.id(), drop.name(), place);
    }
    write(uploaded, false);
    return place;
  }

  private void write(Uploaded uploaded, boolean kept) throws IOException {
    originals.requireDisks();
    if (receipts.replace(uploaded, kept)) {
      splitAnswers.split(uploaded).replace(true);
    }
  }
}
