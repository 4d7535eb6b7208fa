package io.mediadrop.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What endpoints are still to be told, a row for each event and endpoint. Of one subject only the
 * first row is there to be had, until it is taken or given up.
 */
public class OutboxRows {

  /**
   * No wait is longer, with its jitter: what is further away was noted by a clock that ran ahead.
   */
  private static final Duration FARTHEST = Duration.ofHours(36);

  static final String OF_ENDPOINT = "endpoint = (SELECT n FROM endpoints WHERE name = ?)";

  private static final String FIRST_ONES =
      "SELECT o.seq, o.uid, o.type, o.subject, o.at, o.attempts, o.due_at, o.data,"
          + " COALESCE((SELECT claimed_at FROM uploads WHERE id = o.subject),"
          + " (SELECT claimed_at FROM ended WHERE id = o.subject),"
          + " (SELECT claimed_at FROM work WHERE id = o.subject)) FROM outbox o WHERE o."
          + OF_ENDPOINT
          + " AND o.dead_at IS NULL"
          + " AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.subject = o.subject"
          + " AND earlier.endpoint = o.endpoint AND earlier.seq < o.seq"
          + " AND earlier.dead_at IS NULL)";

  /** Only once the archive endpoint has the records of the subject, which are small. */
  private static final String AFTER_RECORDS =
      " AND NOT EXISTS (SELECT 1 FROM outbox records WHERE records.subject = o.subject"
          + " AND records.endpoint = (SELECT n FROM endpoints WHERE name = 'archive')"
          + " AND records.dead_at IS NULL)";

  static final String NEW = " AND o.attempts = 0 ORDER BY o.seq LIMIT ?";
  static final String DUE = " AND o.attempts > 0 AND o.due_at <= ? ORDER BY o.due_at LIMIT ?";
  static final String TOO_FAR = " AND o.attempts > 0 AND o.due_at > ? ORDER BY o.due_at LIMIT ?";

  private static final String NOT_DUE = " AND o.attempts > 0 AND o.due_at > ? AND o.due_at <= ?";

  private static final String LEAST_TRIED = " ORDER BY o.attempts, o.due_at LIMIT 1";

  static final String WAITING =
      NOT_DUE + " AND (o.due_at, o.seq) > (?, ?) ORDER BY o.due_at, o.seq LIMIT ?";

  private final EventIds ids = new EventIds();
  private final Ledger ledger;

  public OutboxRows(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What an endpoint was not tried with yet, the earliest first. */
  public List<Untold> fresh(String endpoint, int most) {
    return read(endpoint, NEW, most);
  }

  /** What was tried, and is due again now, the longest due first. */
  public List<Untold> due(String endpoint, Instant now, int most) {
    List<Untold> due = read(endpoint, DUE, now.toEpochMilli(), most);
    if (due.size() < most) {
      due.addAll(read(endpoint, TOO_FAR, farthest(now), most - due.size()));
    }
    return due;
  }

  /** What was tried least often of all that is due again now; one at most. */
  public List<Untold> leastTried(String endpoint, Instant now) {
    return read(
        endpoint,
        " AND o.attempts > 0 AND (o.due_at <= ? OR o.due_at > ?)" + LEAST_TRIED,
        now.toEpochMilli(),
        farthest(now));
  }

  /** What was tried least often of all that is not due yet; one at most. */
  public List<Untold> leastTriedEarly(String endpoint, Instant now) {
    return read(endpoint, NOT_DUE + LEAST_TRIED, now.toEpochMilli(), farthest(now));
  }

  /** What is not due yet, in the order of these times, from a place in that order on. */
  public List<Untold> waiting(String endpoint, Instant now, long dueAt, long seq, int most) {
    return read(endpoint, WAITING, now.toEpochMilli(), farthest(now), dueAt, seq, most);
  }

  private static long farthest(Instant now) {
    return now.plus(FARTHEST).toEpochMilli();
  }

  private List<Untold> read(String endpoint, String condition, Object... values) {
    Object[] all = Stream.concat(Stream.of(endpoint), Stream.of(values)).toArray();
    String query = query(endpoint, condition);
    return ledger.read(handle -> Sql.all(handle, row -> untold(handle, row), query, all));
  }

  static String query(String endpoint, String condition) {
    return FIRST_ONES + (endpoint.equals(Events.ASSETS) ? AFTER_RECORDS : "") + condition;
  }

  private Untold untold(Handle handle, ResultSet row) throws SQLException {
    EventType type = EventType.of(row.getInt(3));
    String uid = row.getString(2);
    return new Untold(
        row.getLong(1),
        uid == null ? ids.of(handle, row.getLong(4), row.getLong(9), type) : uid,
        type,
        row.getLong(4),
        row.getLong(5),
        row.getInt(6),
        row.getLong(7),
        row.getString(8));
  }
}
