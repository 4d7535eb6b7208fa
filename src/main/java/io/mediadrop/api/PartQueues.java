package io.mediadrop.api;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
  private Checksums checksums;
  private int inFlight;

  /**
   * As many queues as parts may be in flight, all fed from the file's missing parts.
   *
   * @throws SourceChanged if a part that the API has already is not what the file holds now
   */
  public List<PartQueue> of(@Variable("drop") Drop drop) throws IOException {
    if (!drop.isAsLongAsClaimed()) {
      throw new SourceChanged("the file is not as long any more as when its upload began");
    }
    Map<Integer, String> acknowledged = ledger.acknowledgedParts(drop);
    Queue<Part> missing = new ConcurrentLinkedQueue<>();
    for (Part part : drop.plan().parts()) {
      String sent = acknowledged.get(part.number());
      if (!acknowledged.containsKey(part.number())) {
        missing.add(part);
      } else if (sent != null && !sent.equals(checksums.md5(drop.source(), part))) {
        throw new SourceChanged("part " + part.number() + " was changed after it had been sent");
      }
    }
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

  /**
   * The checksum of everything that was sent; null where none is taken.
   *
   * @throws SourceChanged if the file is not what it was when its upload began
   */
  public String checksum(@Variable("drop") Drop drop, @Variable("file") DroppedFile file)
      throws IOException {
    if (!file.isUntouched()) {
      throw new SourceChanged("the file was changed while it was being sent");
    }
    Map<Integer, String> acknowledged = ledger.acknowledgedParts(drop);
    if (acknowledged.containsValue(null)) {
      return null;
    }
    return checksums.ofParts(
        drop.plan().parts().stream().map(part -> acknowledged.get(part.number())).toList());
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setChecksums(Checksums checksums) {
    this.checksums = checksums;
  }

  /**
   * How many parts of one file may be under way at once.
   *
   * @throws ConfigurationMistake if it is none
   */
  public void setInFlight(int inFlight) {
    if (inFlight < 1) {
      throw new ConfigurationMistake(
          "mediadrop.upload.parts-in-flight (MEDIADROP_UPLOAD_PARTS_IN_FLIGHT) is "
              + inFlight
              + ": write at least 1");
    }
    this.inFlight = inFlight;
  }
}
