package io.mediadrop.api;

import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.Ledger;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.camel.Variable;

/** Deals the parts of a file that are still to be sent out to those who send them. */
public class PartQueues {

  private Ledger ledger;
  private int inFlight;

  /** As many queues as parts may be in flight, all fed from the file's missing parts. */
  public List<PartQueue> of(@Variable("drop") Drop drop) {
    String[] acknowledged = ledger.acknowledgedParts(drop);
    Queue<Part> missing = new ConcurrentLinkedQueue<>();
    drop.plan().parts().stream()
        .filter(part -> acknowledged[part.number() - 1] == null)
        .forEach(missing::add);
    return IntStream.range(0, inFlight).mapToObj(i -> new PartQueue(missing)).toList();
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How many parts of one file may be under way at once. */
  public void setInFlight(int inFlight) {
    this.inFlight = inFlight;
  }
}
