package io.mediadrop.api;

import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.Ledger;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
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
    AtomicReference<Exception> failure = new AtomicReference<>();
    return IntStream.range(0, inFlight).mapToObj(i -> new PartQueue(missing, failure)).toList();
  }

  /** Keeps the failure of a part, so that no taker begins another one. */
  public void failed(
      @Variable("parts") PartQueue queue,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    queue.fail(failure);
  }

  /**
   * Lets pass what was sent without a failure.
   *
   * @throws Exception the first failure of any part
   */
  public void requireAllSent(@Variable("queues") List<PartQueue> queues) throws Exception {
    Exception failure = queues.get(0).failure();
    if (failure != null) {
      throw failure;
    }
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How many parts of one file may be under way at once. */
  public void setInFlight(int inFlight) {
    this.inFlight = inFlight;
  }
}
