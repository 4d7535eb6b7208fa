package io.mediadrop.upkeep;

import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what is in the ledger and needed by nobody any more, a stretch of each table at a time,
 * so that neither an index has to be kept for it nor a worker has to wait for it.
 */
class LedgerTrim {

  private static final int STRETCH = 2000;

  private static final Duration A_MONTH = Duration.ofDays(30);

  /** Once a drop is put away, nobody asks for its parts. */
  static final String PARTS_OF_ENDED_DROPS =
      "DELETE FROM parts WHERE drop_id IN (SELECT p.drop_id FROM parts p WHERE NOT EXISTS"
          + " (SELECT 1 FROM work w WHERE w.id = p.drop_id) LIMIT :stretch)";

  /** Whose file is neither here nor on a server; an uploaded one is kept as the memory of it. */
  static final String WITHOUT_FILE =
      "SELECT id FROM ended d WHERE claimed_at < :month AND failed_path IS NULL"
          + " AND NOT EXISTS (SELECT 1 FROM remote r WHERE r.id = d.id)"
          + " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject = d.id)"
          + " ORDER BY claimed_at LIMIT :stretch";

  private final Clock clock;
  private final Ledger ledger;

  /** Takes its times from the machine's clock. */
  LedgerTrim(Ledger ledger) {
    this(ledger, Clock.systemUTC());
  }

  LedgerTrim(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Trims the next stretch of each table. */
  void trim() {
    ledger.write(
        handle -> handle.createUpdate(PARTS_OF_ENDED_DROPS).bind("stretch", STRETCH).execute());
    ledger.write(this::trimDrops);
  }

  private int trimDrops(Handle handle) {
    List<Long> all =
        handle
            .createQuery(WITHOUT_FILE)
            .bind("month", clock.instant().minus(A_MONTH).toEpochMilli())
            .bind("stretch", STRETCH)
            .mapTo(Long.class)
            .list();
    all.forEach(id -> RemovedDrops.forget(handle, "ended", id));
    return all.size();
  }
}
