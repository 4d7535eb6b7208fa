package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.UnsyncedRecords;
import io.mediadrop.ledger.UnsyncedRecords.Unsynced;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what filing has written beside originals is on the disk in the end. The system
 * writes it by itself meanwhile, so that few calls wait for the disk then. What was written through
 * a mounting that has ended, by a power cut or otherwise, may be empty or half: it is made again.
 */
class UnsyncedReceipts {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** By then the system has written what it was given. */
  private static final Duration AGE = Duration.ofSeconds(35);

  private static final Duration LONGEST_AT_A_STOP = Duration.ofSeconds(10);

  private final Clock clock = Clock.systemUTC();
  private final Set<Long> told = new HashSet<>();
  private final Home home;
  private final UnsyncedRecords records;
  private final RenewedReceipts renewed;

  UnsyncedReceipts(Home home, UnsyncedRecords records, RenewedReceipts renewed) {
    this.home = home;
    this.records = records;
    this.renewed = renewed;
  }

  /** Syncs what was written a while ago. */
  void look() {
    home.disks().mounting().look();
    sync(AGE, Long.MAX_VALUE, true);
  }

  /** Syncs the rest, as far as that is soon done. */
  void close() {
    try {
      sync(Duration.ZERO, System.nanoTime() + LONGEST_AT_A_STOP.toNanos(), false);
    } catch (JdbiException e) {
      LOG.debug("the next start sees to the receipts", e);
    }
  }

  /**
   * Syncs what has this age.
   *
   * @param end when it is left to the next time, by the clock that nobody sets
   * @param again whether what may be lost is made again: at a stop the routes are gone
   */
  private synchronized void sync(Duration age, long end, boolean again) {
    long last = 0;
    long before = clock.millis() - age.toMillis();
    List<Unsynced> some;
    while (System.nanoTime() < end
        && home.disks().areThere()
        && !(some = records.due(before, mounting(), last)).isEmpty()) {
      List<Long> synced = new ArrayList<>();
      for (Unsynced each : some) {
        if (isOnDisk(each, again)) {
          synced.add(each.dropId());
        }
        last = each.dropId();
      }
      if (!synced.isEmpty()) {
        records.synced(synced);
      }
    }
  }

  private boolean isOnDisk(Unsynced each, boolean again) {
    try {
      if (each.mounting() != mounting() || !renewed.isSynced(each.place())) {
        if (!again) {
          return false;
        }
        renewed.makeAgain(each.dropId());
      }
      told.remove(each.dropId());
      return true;
    } catch (IOException e) {
      if (told.add(each.dropId())) {
        // what the system could not write it may have forgotten
        home.disks().mounting().doubt();
        LOG.error(
            "The receipt of {} may not be on the disk, which is tried again: {}",
            Printable.of(each.place()),
            Printable.of(e.toString()));
      }
      return false;
    }
  }

  private long mounting() {
    return home.disks().mounting().mark();
  }
}
