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

  /** Faulty uploads count for nothing, nor do those that changed while they were sent. */
  private static final String UPLOADED =
      " FROM uploads WHERE size = ? AND %s AND connection = ? AND id <> ?"
          // what was adopted is known to the API by its checksum, whatever its file became
          + " AND (tainted <> 1 OR adopted = 1) AND has_error = 0 AND duplicate_of IS NULL";

  private static final String UNDER_WAY =
      " FROM work WHERE size = ? AND %s AND connection = ? AND id <> ?"
          + " AND state NOT IN ('UPLOADED', 'FAILED', 'MISSING')"
          + " AND (plan IS NOT NULL OR claimed_at < (SELECT claimed_at FROM work WHERE id = ?))";

  /** One of them is enough, which is found without those that come after it. */
  private static final String ANY = "SELECT 1%s LIMIT 1";

  static final String ANY_UPLOADED = ANY.formatted(UPLOADED.formatted("1 = 1"));
  static final String ANY_UNDER_WAY = ANY.formatted(UNDER_WAY.formatted("1 = 1"));

  private final DropRows rows = new DropRows();
  private final Ledger ledger;

  public SameSizes(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether there is any. */
  public boolean hasAny(Drop drop) {
    return ledger.read(
        handle ->
            Sql.any(handle, ANY_UPLOADED, drop.size(), drop.connection(), drop.id())
                || drop.plan() == null
                    && Sql.any(
                        handle,
                        ANY_UNDER_WAY,
                        drop.size(),
                        drop.connection(),
                        drop.id(),
                        drop.id()));
  }

  /**
   * Those that go before the drop. Of two that are under way the one that was claimed first goes
   * first, and no claim has another's time.
   */
  public Others of(Drop drop, String md5) {
    return ledger.read(
        // as several searches: databases do not use their index for an OR
        handle -> {
          // first, since an md5 or an upload that becomes known between two of them would be missed
          List<Other> unknown = new ArrayList<>(underWay(handle, "md5 IS NULL", drop));
          List<Other> same = new ArrayList<>(underWay(handle, "md5 = ?", drop, md5));
          unknown.addAll(0, uploaded(handle, "md5 IS NULL", drop));
          same.addAll(0, uploaded(handle, "md5 = ?", drop, md5));
          return new Others(same, unknown);
        });
  }

  private static List<Other> uploaded(Handle handle, String known, Drop drop, Object... md5) {
    return others(handle, UPLOADED, true, known, drop, md5, drop.connection(), drop.id());
  }

  /** What has a session goes on, unless another lane has uploaded the content meanwhile. */
  private static List<Other> underWay(Handle handle, String known, Drop drop, Object... md5) {
    return drop.plan() != null
        ? List.of()
        : others(
            handle, UNDER_WAY, false, known, drop, md5, drop.connection(), drop.id(), drop.id());
  }

  private static List<Other> others(
      Handle handle,
      String from,
      boolean uploaded,
      String known,
      Drop drop,
      Object[] md5,
      Object... further) {
    List<Object> values = new ArrayList<>(List.of(drop.size()));
    values.addAll(List.of(md5));
    values.addAll(List.of(further));
    return Sql.all(
        handle,
        row -> new Other(row.getLong(1), uploaded),
        "SELECT id" + from.formatted(known) + " ORDER BY claimed_at",
        values.toArray());
  }

  /** All that is known of another drop. */
  public Drop inFull(Other other) {
    return ledger.read(handle -> rows.byId(handle, other.id())).orElseThrow();
  }

  /** Remembers what a drop holds. */
  public void holds(Drop drop, String md5) {
    ledger.note(
        handle -> Sql.update(handle, "UPDATE work SET md5 = ? WHERE id = ?", md5, drop.id()));
  }
}
