package io.mediadrop.archive;

import io.mediadrop.Quantity;
import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.DropState;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.source.Intake;
import io.mediadrop.source.Intake.Trouble;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether troubles have come or gone, and whether files have vanished. */
public class Upkeep {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final Duration A_DAY = Duration.ofDays(1);

  private final Clock clock = Clock.systemUTC();
  private Home home;
  private Ledger ledger;
  private Filing filing;
  private Intake intake;
  private long minFree;

  /** Has one look at everything. */
  public void look() throws IOException {
    lookAtSpace();
    if (intake.has(Trouble.LEDGER) && isLedgerWritable()) {
      intake.reopen(Trouble.LEDGER);
    }
    if (!intake.has(Trouble.LEDGER)) {
      lookAtFiles();
    }
  }

  private void lookAtSpace() throws IOException {
    long free = home.freeSpace();
    if (free < minFree) {
      intake.close(
          Trouble.SPACE,
          "only %d MiB are free for %s: make room, or lower mediadrop.disk.min-free"
              .formatted(free >> 20, home.root()));
    } else {
      intake.reopen(Trouble.SPACE);
    }
  }

  private boolean isLedgerWritable() {
    try {
      ledger.write(
          handle ->
              handle.execute(
                  "INSERT INTO facts (name, value) VALUES ('looked-at', ?)"
                      + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  Long.toString(clock.millis())));
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }

  private void lookAtFiles() {
    if (intake.has(Trouble.FILING) && home.isWritable()) {
      filing.open();
      intake.reopen(Trouble.FILING);
    }
    for (DropState state :
        new DropState[] {DropState.CLAIMED, DropState.OPENED, DropState.WAITING}) {
      ledger.in(state).stream().filter(Drop::hasVanished).forEach(this::miss);
    }
    ledger.goneSince(clock.instant().minus(A_DAY));
  }

  private void miss(Drop drop) {
    if (ledger.missing(drop, clock.instant())) {
      LOG.warn("{} has vanished before it was uploaded", drop);
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setFiling(Filing filing) {
    this.filing = filing;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** How much room must be free for files to be taken, such as {@code 1GiB}. */
  public void setMinFree(String size) {
    minFree = Quantity.bytes(size);
  }
}
