package io.mediadrop.health;

import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Intake.Trouble;
import io.mediadrop.ledger.LedgerDatabase;

/** Whether what is done can be recorded, without which nothing may be done. */
final class LedgerCheck {

  private static final String DEAD =
      "what writes to the ledger has ended, and nothing can be recorded any more: start mediadrop"
          + " again, nothing is lost, and report the error that the log tells";

  private final LedgerDatabase database;
  private final Intake intake;

  LedgerCheck(LedgerDatabase database, Intake intake) {
    this.database = database;
    this.intake = intake;
  }

  /** Whether it can be written at all. */
  Finding ofProcess() {
    return database.isDead()
        ? Finding.trouble(DEAD)
        : Finding.well("the process can go on; whether files are taken is another question");
  }

  /** Whether it takes what is written. */
  Finding ofWork() {
    String trouble = database.isDead() ? DEAD : intake.troubles().get(Trouble.LEDGER);
    return trouble == null
        ? Finding.well("the ledger can be written")
        : Finding.trouble(trouble + Says.GOES_ON);
  }
}
