package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds the drops of the same connection and size: good uploads, and those under way. Of what has a
 * session already only the uploads count.
 */
public class SameSizes {

  /** Another drop; what it is in full costs another look. */
  public record Other(long id, boolean uploaded) {}

  /**
   * Those with an md5, and those whose md5 is not known, because they were sent in parts or are
   * under way.
   */
  public record Others(List<Other> same, List<Other> unknown) {}

  /** Faulty ones count for nothing, nor do those that changed while they were sent. */
  private static final String OTHERS =
      "connection = ? AND size = ? AND id <> ?"
          // what was adopted is known to the API by its checksum, whatever its file became
          + " AND (tainted <> 1 OR adopted = 1) AND has_error = 0"
          + " AND duplicate_of IS NULL"
          + " AND state NOT IN ('FAILED', 'FAILED_MOVED', 'GONE', 'MISSING')";

  private static final String SELECT_OTHERS =
      "SELECT id, CASE WHEN archive_path IS NULL THEN 0 ELSE 1 END FROM drops WHERE "
          + OTHERS
          + " AND %s AND (archive_path IS NOT NULL OR plan IS NOT NULL"
          + " OR claimed_at < (SELECT claimed_at FROM drops WHERE id = ?)) ORDER BY claimed_at";

  private final DropRows rows = new DropRows();
  private final Ledger ledger;

  public SameSizes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether there is any. */
  public boolean hasAny(Drop drop) {
    return ledger.read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM drops WHERE " + OTHERS + thatCount(drop) + " LIMIT 1",
                drop.connection(),
                drop.size(),
                drop.id()));
  }

  /**
   * Those that go before the drop. Of two that are under way the one that was claimed first goes
   * first, and no claim has another's time.
   */
  public Others of(Drop drop, String md5) {
    return ledger.read(
        // as two searches: databases do not use their index for an OR
        handle -> {
          // first, since an md5 that becomes known between the two would be missed
          List<Other> unknown = others(handle, "md5 IS NULL", drop);
          return new Others(others(handle, "md5 = ?", drop, md5), unknown);
        });
  }

  private static List<Other> others(Handle handle, String known, Drop drop, Object... md5) {
    List<Object> values = new ArrayList<>(List.of(drop.connection(), drop.size(), drop.id()));
    values.addAll(List.of(md5));
    values.add(drop.id());
    return Sql.all(
        handle,
        row -> new Other(row.getLong(1), row.getInt(2) != 0),
        SELECT_OTHERS.formatted(known + thatCount(drop)),
        values.toArray());
  }

  /** What has a session goes on, unless another lane has uploaded the content meanwhile. */
  private static String thatCount(Drop drop) {
    return drop.plan() == null ? "" : " AND archive_path IS NOT NULL";
  }

  /** All that is known of another drop. */
  public Drop inFull(Other other) {
    return ledger.read(handle -> rows.byId(handle, other.id())).orElseThrow();
  }

  /** Remembers what a drop holds. */
  public void holds(Drop drop, String md5) {
    ledger.note(
        handle -> Sql.update(handle, "UPDATE drops SET md5 = ? WHERE id = ?", md5, drop.id()));
  }
}
