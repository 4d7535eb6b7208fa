package io.mediadrop.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How much endpoints have not taken yet. */
public class Backlog {

  private final Ledger ledger;

  public Backlog(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether there is anything for an endpoint now, whatever the time. */
  public Presence presence(String endpoint) {
    String query = OutboxRows.query(endpoint, " LIMIT 1");
    return new Presence(ledger, handle -> Sql.any(handle, query, endpoint));
  }

  /** How much an endpoint is still to be told. */
  public int count(String endpoint) {
    return ledger.read(
        handle ->
            Sql.first(
                    handle,
                    row -> row.getInt(1),
                    "SELECT COUNT(*) FROM outbox WHERE dead_at IS NULL AND "
                        + OutboxRows.OF_ENDPOINT,
                    endpoint)
                .orElseThrow());
  }

  /**
   * How much an endpoint is still to be told, for whoever asks often.
   *
   * @param messages how many; {@link #MOST} stands for that many or more
   * @param oldest when the oldest of these happened, milliseconds since the epoch; 0 if there is
   *     none
   */
  public record Waiting(int messages, long oldest) {}

  /** So many rows are looked at and no more: an endpoint may have been away for a week. */
  public static final int MOST = 1_000;

  static final String NEW =
      "SELECT at FROM outbox WHERE attempts = 0 AND dead_at IS NULL AND "
          + OutboxRows.OF_ENDPOINT
          + " ORDER BY seq LIMIT ?";

  static final String TRIED =
      "SELECT at FROM outbox WHERE attempts > 0 AND dead_at IS NULL AND "
          + OutboxRows.OF_ENDPOINT
          + " ORDER BY due_at LIMIT ?";

  /** How much an endpoint is still to be told, at a price that does not grow with it. */
  public Waiting waiting(String endpoint) {
    return ledger.read(
        handle -> {
          List<Long> at = new ArrayList<>(times(handle, NEW, endpoint));
          at.addAll(times(handle, TRIED, endpoint));
          long oldest = at.stream().mapToLong(Long::longValue).min().orElse(0);
          return new Waiting(Math.min(MOST, at.size()), oldest);
        });
  }

  private static List<Long> times(Handle handle, String query, String endpoint) {
    return Sql.all(handle, row -> row.getLong(1), query, endpoint, MOST);
  }

  /** An endpoint that has not taken everything, and how much of it was tried in vain. */
  public record Behind(String endpoint, int refused) {}

  /**
   * Lets what was given up be tried again, from the beginning; returns who has not taken
   * everything.
   */
  public List<Behind> revive() {
    List<Behind> behind = ledger.read(Backlog::behind);
    ledger.write(
        handle ->
            Sql.update(
                handle,
                "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = NULL"
                    + " WHERE dead_at IS NOT NULL"));
    return behind;
  }

  private static List<Behind> behind(Handle handle) {
    return Sql.all(
        handle,
        row -> new Behind(row.getString(1), row.getInt(2)),
        "SELECT e.name, COUNT(CASE WHEN o.attempts > 0 AND o.dead_at IS NULL THEN 1 END)"
            + " FROM outbox o JOIN endpoints e ON e.n = o.endpoint GROUP BY e.name");
  }
}
