package io.mediadrop.ledger;

import io.mediadrop.base.PassingTrouble;

/** A ledger whose thread has ended, as only a mistake of ours could end it. */
public final class DeadLedger {

  private DeadLedger() {}

  /** Ends the thread that writes. */
  public static void kill(LedgerDatabase database) {
    database.answer(
        handle -> {
          throw new PassingTrouble("the disk is full", null);
        },
        trouble -> {
          throw new AssertionError("a mistake");
        });
  }
}
