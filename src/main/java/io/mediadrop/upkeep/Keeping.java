package io.mediadrop.upkeep;

import io.mediadrop.archive.Archive;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.OldDrop;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** How long files are kept in the archive and among the refused ones, and what is known of them. */
public class Keeping {

  private Home home;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Archive archive;
  private Optional<Duration> archiveKeep = Optional.empty();
  private Optional<Duration> failedKeep = Optional.empty();
  private OldDrops oldDrops;
  private OldFiles oldFiles;
  private RemovedDrops removedDrops;
  private LedgerTrim ledgerTrim;

  /** Begins. */
  public void open() {
    oldDrops = new OldDrops(ledger, uploadRecords, archiveKeep, failedKeep);
    oldFiles = new OldFiles(home, archive);
    removedDrops = new RemovedDrops(ledger, uploadRecords);
    ledgerTrim = new LedgerTrim(ledger);
  }

  /** Whether archive and failed are the folders that they were at the start. */
  public boolean canRemove() {
    return oldFiles.canBeRemoved();
  }

  /** Some of the drops whose files are to be removed now, the oldest first. */
  public List<OldDrop> oldDrops() {
    return oldDrops.find();
  }

  /** Removes what the ledger says is the drop's. */
  public void removeFiles(@Body OldDrop drop) throws IOException {
    oldFiles.remove(drop);
  }

  /** Records that the files are removed. */
  public void record(@Body OldDrop drop) {
    removedDrops.record(drop);
  }

  /** Leaves a drop alone whose files cannot be removed, until the next start. */
  public void leave(
      @Body OldDrop drop, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception trouble) {
    oldDrops.keep(drop, trouble);
  }

  /** Deletes what is in the ledger and needed by nobody any more. */
  public void trim() {
    ledgerTrim.trim();
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

  public void setArchive(Archive archive) {
    this.archive = archive;
  }

  /** How long files stay in the archive, such as {@code 30d} or {@code forever}. */
  public void setArchiveKeep(String age) {
    archiveKeep = age("mediadrop.archive.keep", age);
  }

  /** How long refused files stay, such as {@code 30d} or {@code forever}. */
  public void setFailedKeep(String age) {
    failedKeep = age("mediadrop.failed.keep", age);
  }

  private static Optional<Duration> age(String key, String age) {
    try {
      return Quantity.age(age);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake(
          "%s is '%s': write forever, or at least 1d, such as 30d".formatted(key, age), e);
    }
  }
}
