package io.mediadrop.upkeep;

import io.mediadrop.archive.Archive;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Intake.Trouble;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.ledger.WorkCounts;
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

  /** What is written to find out whether the ledger can be, in characters. */
  private static final int TRIAL = 1 << 16;

  private final Clock clock;
  private Home home;
  private Ledger ledger;
  private Lanes lanes;
  private Archive archive;
  private UploadRecords uploadRecords;
  private Duration patience;
  private Leftovers leftovers;
  private Summaries summaries;
  private WorkCounts workCounts;
  private Intake intake;

  /** Takes its times from the machine's clock. */
  public Upkeep() {
    this(Clock.systemUTC());
  }

  Upkeep(Clock clock) {
    this.clock = clock;
  }

  /** Begins. */
  public void open() {
    leftovers =
        new Leftovers(home, ledger, archive, intake, uploadRecords.announcements(), patience);
    summaries = new Summaries(ledger, lanes, clock);
    workCounts = new WorkCounts(ledger);
  }

  /** Has one look at everything. */
  public void look() {
    lookAtSpace();
    if (intake.has(Trouble.LEDGER) && isLedgerWritable()) {
      intake.reopen(Trouble.LEDGER);
    }
    if (!intake.has(Trouble.LEDGER)) {
      lookAtFiles();
      workCounts.look();
    }
  }

  /** How many files wait, as it was at the last look. */
  public WorkCounts workCounts() {
    return workCounts;
  }

  /** Tells subscribers what each lane has done if a day has ended since the last time. */
  public void summarize() {
    summaries.look();
  }

  private void lookAtSpace() {
    home.diskWatch().look();
    try {
      home.freeSpace()
          .shortage()
          .ifPresentOrElse(
              what -> intake.close(Trouble.SPACE, what), () -> intake.reopen(Trouble.SPACE));
    } catch (IOException e) {
      intake.close(Trouble.SPACE, "nobody knows how much room is free: " + e);
    }
  }

  /** As much as many files need: a ledger that has room for less would soon be full again. */
  private boolean isLedgerWritable() {
    try {
      ledger.write(
          handle ->
              handle.execute(
                  "INSERT INTO facts (name, value) VALUES ('trial', ?)"
                      + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  "x".repeat(TRIAL)));
      ledger.write(handle -> handle.execute("DELETE FROM facts WHERE name = 'trial'"));
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }

  private void lookAtFiles() {
    leftovers.look();
    for (DropState state :
        new DropState[] {DropState.CLAIMED, DropState.OPENED, DropState.WAITING}) {
      ledger.in(state).stream().filter(this::isGone).forEach(this::miss);
    }
    ledger.goneSince(clock.instant().minus(A_DAY));
  }

  /** While the folder's disk is away, nothing can be said about the files in it. */
  private boolean isGone(Drop drop) {
    Lane lane = lanes.byName(drop.lane());
    return drop.hasVanished()
        && (lane == null ? !lanes.awaited().contains(drop.lane()) : lane.isThere());
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

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setArchive(Archive archive) {
    this.archive = archive;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  /** After how long subscribers are told of what cannot be put away. */
  public void setPatience(String time) {
    patience = Quantity.time(time);
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}
