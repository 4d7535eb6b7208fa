package io.mediadrop.delivery;

import io.mediadrop.delivery.DoubtedFile.Now;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Reason;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.DoubtRecords;
import io.mediadrop.ledger.DoubtRecords.Asking;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a file in doubt that the API does not know. */
class UnknownFiles {

  private static final String REMEDY =
      "look into the vault whether the media is there; only if it is not, retry";

  /**
   * How often a file is sent again at most: each time, the API may have stored a copy of it. The
   * waits before that double, so that an API which cannot store anything for hours is outlasted.
   */
  private static final int MOST_RESENT = 7;

  /** What the API may still need to put a large file together, in bytes a second. */
  private static final long STORED_PER_SECOND = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Ledger ledger;
  private final DoubtRecords records;
  private final DoubtedFile doubtedFile;
  private final Clock clock;
  private final Duration wait;
  private final boolean hold;

  UnknownFiles(
      Ledger ledger,
      DoubtRecords records,
      DoubtedFile doubtedFile,
      Clock clock,
      Duration wait,
      boolean hold) {
    this.ledger = ledger;
    this.records = records;
    this.doubtedFile = doubtedFile;
    this.clock = clock;
    this.wait = wait;
    this.hold = hold;
  }

  /** What follows from the answer that it is not there. */
  Drop answered(Drop drop, DroppedFile file) throws IOException {
    Asking asking = records.of(drop);
    // a clock that was set back lies about the time since; waiting anew is safe
    Duration left =
        waitOf(drop, asking).minusMillis(Math.max(0, clock.millis() - sinceOf(drop, asking)));
    if (asking.asked() > 0 && (left.isNegative() || left.isZero())) {
      return decide(drop, asking);
    }
    records.asked(drop);
    return doubtedFile.later(drop, file, left.isNegative() ? Duration.ofSeconds(1) : left);
  }

  /** What has vanished cannot be sent again, so that nothing is won by more patience. */
  private Duration waitOf(Drop drop, Asking asking) {
    return drop.hasVanished()
        ? wait
        : wait.multipliedBy(1L << Math.min(asking.resent(), MOST_RESENT))
            .plusSeconds(drop.size() / STORED_PER_SECOND);
  }

  private long sinceOf(Drop drop, Asking asking) {
    long now = clock.millis();
    if (now < asking.since()) {
      records.beginsNow(drop);
    }
    return Math.min(now, asking.since());
  }

  private Drop decide(Drop drop, Asking asking) throws IOException {
    if (doubtedFile.now(drop) != Now.SENT) {
      LOG.warn(
          "{}: the API does not know it, and it cannot be sent again: its file is gone or was changed"
              + " since",
          drop);
      return ledger.gone(drop, Doubts.OUTCOME_UNKNOWN);
    }
    if (hold
        || drop.isInGivenSession()
        || asking.refusal().isPresent()
        || asking.resent() >= MOST_RESENT) {
      Reason reason = asking.refusal().orElseGet(() -> outcomeUnknown(drop, asking.resent() + 1));
      return ledger.failed(datedAsOnDisk(drop), reason, asking.requestId());
    }
    LOG.warn("{}: the API does not know it; it is sent again", drop);
    records.resent(drop);
    return ledger.withoutSession(drop);
  }

  private static Reason outcomeUnknown(Drop drop, int sent) {
    return new Reason(
        "Outcome unknown: %s ended without a clear answer, and the API does not know the file."
            .formatted(sent == 1 ? "the upload" : "each of " + sent + " uploads"),
        "nobody's: the connection or the API broke off at the wrong moment",
        drop.isInGivenSession() ? GivenSessions.REMEDY : REMEDY);
  }

  /** A file that was touched is the one that failed all the same. */
  private Drop datedAsOnDisk(Drop drop) throws IOException {
    return records.dated(drop, FileStamp.of(drop.source()).modified());
  }
}
