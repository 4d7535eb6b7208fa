package io.mediadrop.ledger;

import org.jdbi.v3.core.HandleCallback;

/**
 * Whether the ledger has rows of some kind. Where it had none, it is asked again only after
 * something was written: who looks often and finds nothing costs nothing.
 */
public class Presence {

  private final Ledger ledger;
  private final HandleCallback<Boolean, RuntimeException> query;
  private volatile long absentAt = -1;

  /**
   * Nothing is known yet.
   *
   * @param query whether there is such a row, whatever the time
   */
  public Presence(Ledger ledger, HandleCallback<Boolean, RuntimeException> query) {
    this.ledger = ledger;
    this.query = query;
  }

  /** Whether there are such rows. */
  public boolean isThere() {
    // what is committed after the number was read changes it
    long changes = ledger.changes();
    if (changes == absentAt) {
      return false;
    }
    boolean there = ledger.read(query);
    if (!there) {
      absentAt = changes;
    }
    return there;
  }
}
