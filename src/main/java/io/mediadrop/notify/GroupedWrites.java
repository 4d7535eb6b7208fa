package io.mediadrop.notify;

import io.mediadrop.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes many small changes of the ledger in few transactions: a thread that has waited for another
 * one mostly finds its own change written. What cannot be written is kept for the next time.
 */
class GroupedWrites {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private final Queue<HandleConsumer<RuntimeException>> changes = new ConcurrentLinkedQueue<>();
  private final Ledger ledger;

  GroupedWrites(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes a change, unless the ledger cannot be written; what a power cut takes of it is only told
   * once more.
   */
  void add(HandleConsumer<RuntimeException> change) {
    changes.add(change);
    areDone();
  }

  /** Writes what is left to be written; false if that cannot be done now. */
  synchronized boolean areDone() {
    List<HandleConsumer<RuntimeException>> batch = new ArrayList<>(changes);
    if (batch.isEmpty()) {
      return true;
    }
    try {
      ledger.note(
          handle -> {
            for (HandleConsumer<RuntimeException> change : batch) {
              change.useHandle(handle);
            }
            return batch;
          });
      batch.forEach(written -> changes.remove());
      return true;
    } catch (JdbiException e) {
      LOG.debug("what became of deliveries is written later", e);
      return false;
    }
  }
}
