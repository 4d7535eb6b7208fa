package io.mediadrop.delivery;

import io.mediadrop.api.Checksums;
import io.mediadrop.api.SourceChanged;
import io.mediadrop.drop.Drop;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.DoubtRecords;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;

/** Tells what was sent of a drop in doubt, and whether its file is still that. */
class DoubtedFile {

  /** What lies where the file was that was sent. */
  enum Now {
    SENT,
    CHANGED,
    GONE
  }

  private final SentContent sentContent = new SentContent();
  private final Ledger ledger;
  private final DoubtRecords records;
  private final Checksums checksums;

  DoubtedFile(Ledger ledger, DoubtRecords records, Checksums checksums) {
    this.ledger = ledger;
    this.records = records;
    this.checksums = checksums;
  }

  Now now(Drop drop) throws IOException {
    try {
      return drop.isAsLongAsClaimed() && checksums.onDisk(drop).equals(checksum(drop))
          ? Now.SENT
          : Now.CHANGED;
    } catch (NoSuchFileException e) {
      return Now.GONE;
    } catch (SourceChanged e) {
      return Now.CHANGED;
    }
  }

  /** The checksum of what was sent; if nothing else is known, of what is there now. */
  String checksum(Drop drop) throws IOException {
    Optional<String> sent = sent(drop);
    return sent.isPresent() ? sent.get() : remember(drop, checksums.onDisk(drop));
  }

  /** Whether that is known without the file. */
  boolean isKnown(Drop drop) {
    return sent(drop).isPresent();
  }

  private Optional<String> sent(Drop drop) {
    return ledger.read(handle -> sentContent.checksum(handle, drop));
  }

  /** The checksum of each part is recorded with the part. */
  String remember(Drop drop, String checksum) {
    if (drop.plan().whole()) {
      records.sent(drop, checksum);
    }
    return checksum;
  }

  /** Leaves the drop alone for a while. */
  Drop later(Drop drop, DroppedFile file, Duration time) {
    file.lane().hand().hold(file.path(), time);
    records.later(drop, time);
    return drop;
  }
}
