package io.mediadrop.archive;

import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.DropState;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.source.Intake;
import io.mediadrop.source.Intake.Trouble;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts away what had ended, but could not be put away because of a trouble of the disks. */
public class Leftovers {

  private Home home;
  private Ledger ledger;
  private Filing filing;
  private FilingQueue filingQueue;
  private Intake intake;
  private Set<String> seen = Set.of();

  /** Has one look: what was there at the last look too is put away, as soon as the disks allow. */
  void look() {
    if (!home.disks().areThere()) {
      intake.close(
          Trouble.FILING,
          "archive or failed in %s is gone or lies on another disk than at the start: mount it again"
              .formatted(home.root()));
    }
    List<Drop> left = left();
    if (!intake.has(Trouble.FILING) || home.disks().areWritable()) {
      // what has only just ended is its worker's
      left.stream()
          .filter(drop -> seen.contains(drop.id()) && !filingQueue.has(drop))
          .forEach(filing::putAway);
      reopenFor(left);
    }
    seen = left.stream().map(Drop::id).collect(Collectors.toSet());
  }

  private void reopenFor(List<Drop> left) {
    if (intake.has(Trouble.FILING)
        && left.stream().allMatch(drop -> home.disks().canTake(drop.source(), drop.size()))) {
      intake.reopen(Trouble.FILING);
    }
  }

  private List<Drop> left() {
    return Stream.of(DropState.UPLOADED, DropState.FAILED)
        .flatMap(state -> ledger.in(state).stream())
        .toList();
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

  public void setFilingQueue(FilingQueue filingQueue) {
    this.filingQueue = filingQueue;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}
