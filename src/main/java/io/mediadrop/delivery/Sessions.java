package io.mediadrop.delivery;

import io.mediadrop.drop.Drop;
import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import org.apache.camel.Exchange;

/** Decides whether a drop's upload session can still be used. */
public class Sessions {

  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;

  /** Whether the drop needs a new session; one that has expired is given up in the ledger. */
  public boolean isNeeded(Exchange exchange) {
    Drop drop = exchange.getVariable("drop", Drop.class);
    if (drop.plan() == null) {
      return true;
    }
    if (!drop.plan().hasExpired(clock.millis())) {
      return false;
    }
    exchange.setVariable("drop", ledger.abandoned(drop));
    return true;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}
