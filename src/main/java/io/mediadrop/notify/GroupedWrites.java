package io.mediadrop.notify;

import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has become of deliveries, for many of them in one transaction: once so many have
 * gathered, or the first of them has waited for a second, and whenever it is asked whether all is
 * written. What cannot be written is kept for the next time.
 */
class GroupedWrites {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private static final int MANY = 20;
  private static final long LONGEST_MILLIS = 1_000;

  private final Queue<HandleConsumer<RuntimeException>> changes = new ArrayDeque<>();
  private final Ledger ledger;
  private final Clock clock;
  private long firstAt;

  GroupedWrites(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Writes a change together with others; what a kill or a power cut takes of it is only told once
   * more.
   */
  synchronized void add(HandleConsumer<RuntimeException> change) {
    long now = clock.millis();
    if (changes.isEmpty()) {
      firstAt = now;
    }
    changes.add(change);
    if (changes.size() >= MANY || Math.abs(now - firstAt) >= LONGEST_MILLIS) {
      areDone();
    }
  }

  /** Writes what is left to be written; false if that cannot be done now. */
  synchronized boolean areDone() {
    if (changes.isEmpty()) {
      return true;
    }
    List<HandleConsumer<RuntimeException>> batch = new ArrayList<>(changes);
    try {
      ledger.note(
          handle -> {
            for (HandleConsumer<RuntimeException> change : batch) {
              change.useHandle(handle);
            }
            return batch;
          });
      changes.clear();
      return true;
    } catch (JdbiException e) {
      LOG.debug("what became of deliveries is written later", e);
      return false;
    }
  }
}
