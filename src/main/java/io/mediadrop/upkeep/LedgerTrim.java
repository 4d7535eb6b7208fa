package io.mediadrop.upkeep;

import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what is in the ledger and needed by nobody any more, a stretch of each table at a time,
 * so that neither an index has to be kept for it nor a worker has to wait for it.
 */
class LedgerTrim {

  private static final int STRETCH = 2000;

  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final Duration A_MONTH = Duration.ofDays(30);

  private static final String TOLD_LONG_AGO = "delivered_at < :week";

  /** Once a drop is put away, nobody asks for its parts. */
  static final String PARTS_OF_ENDED_DROPS =
      "DELETE FROM parts WHERE drop_id IN (SELECT p.drop_id FROM parts p WHERE NOT EXISTS"
          + " (SELECT 1 FROM work w WHERE w.id = p.drop_id) LIMIT :stretch)";

  /** Whose file is neither here nor on a server; an uploaded one is kept as the memory of it. */
  static final String WITHOUT_FILE =
      "SELECT id FROM ended d WHERE claimed_at < :month AND failed_path IS NULL"
          + " AND NOT EXISTS (SELECT 1 FROM remote r WHERE r.id = d.id)"
          + " AND NOT EXISTS"
          + " (SELECT 1 FROM outbox o WHERE o.drop_id = d.id AND o.delivered_at IS NULL)"
          + " ORDER BY claimed_at LIMIT :stretch";

  private final Map<String, String> reached = new HashMap<>();
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
    trim("outbox", "id", TOLD_LONG_AGO);
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

  private void trim(String table, String key, String unneeded) {
    String from = reached.getOrDefault(table, "");
    Optional<String> to = ledger.read(handle -> endOf(handle, table, key, from));
    ledger.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM "
                        + table
                        + (" WHERE " + key + " > :from")
                        + (to.isPresent() ? " AND " + key + " <= :to" : "")
                        + (" AND " + unneeded))
                .bind("from", from)
                .bind("to", to.orElse(null))
                .bind("week", clock.instant().minus(A_WEEK).toEpochMilli())
                .execute());
    reached.put(table, to.orElse(""));
  }

  private static Optional<String> endOf(Handle handle, String table, String key, String from) {
    return handle
        .createQuery(
            "SELECT %2$s FROM %1$s WHERE %2$s > :from ORDER BY %2$s LIMIT 1 OFFSET :stretch"
                .formatted(table, key))
        .bind("from", from)
        .bind("stretch", STRETCH)
        .mapTo(String.class)
        .findOne();
  }
}
