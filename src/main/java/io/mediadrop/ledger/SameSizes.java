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

  /** Those with an md5, and those of which none is known: sent in parts, or under way. */
  public record Others(List<Other> same, List<Other> unknown) {}

  /** Faulty uploads count for nothing, nor do those that changed while they were sent. */
  private static final String UPLOADED =
      " FROM uploads WHERE size = ? AND %s AND connection = ? AND id <> ?"
          // what was adopted is known to the API by its checksum, whatever its file became
          + " AND (tainted <> 1 OR adopted = 1) AND has_error = 0 AND duplicate_of IS NULL";

  private static final String STATES = "state NOT IN ('UPLOADED', 'FAILED', 'MISSING')";

  private static final String UNDER_WAY =
      " FROM work WHERE size = ? AND %s AND connection = ? AND id <> ? AND "
          + STATES
          + " AND (plan IS NOT NULL OR claimed_at < ?)";

  /** One of them is enough, which is found without those that come after it. */
  static final String ANY_UPLOADED = "SELECT 1" + UPLOADED.formatted("1 = 1") + " LIMIT 1";

  private final DropRows rows = new DropRows();
  private final Ledger ledger;
  private final UnderWay underWay;

  /** Before anything is claimed. */
  public SameSizes(Ledger ledger) {
    this.ledger = ledger;
    underWay = ledger.underWay();
    ledger.read(
        handle ->
            Sql.all(
                handle,
                row -> underWay.rests(row.getLong(1), row.getLong(2)),
                "SELECT id, size FROM work WHERE " + STATES));
  }

  /** Whether there may be any. */
  public boolean mayHaveAny(Drop drop) {
    UnderWay.Before before = underWay.before(drop);
    return !before.inHand().isEmpty()
        || before.othersRest()
        || ledger.read(
            handle -> Sql.any(handle, ANY_UPLOADED, drop.size(), drop.connection(), drop.id()));
  }

  /**
   * Those that go before the drop. Of two that are under way the one that was claimed first goes
   * first, and no claim has another's time.
   */
  public Others of(Drop drop, String md5) {
    // in this order, since an upload that becomes known between two of them would be missed
    UnderWay.Before before = underWay.before(drop);
    return ledger.read(
        // as several searches: databases do not use their index for an OR
        handle -> {
          List<Other> unknown = new ArrayList<>();
          List<Other> same = new ArrayList<>();
          before.inHand().forEach(other -> unknown.add(new Other(other.id(), false)));
          if (before.othersRest()) {
            unknown.addAll(resting(handle, "md5 IS NULL", drop));
            same.addAll(resting(handle, "md5 = ?", drop, md5));
          }
          unknown.addAll(0, uploaded(handle, "md5 IS NULL", drop));
          same.addAll(0, uploaded(handle, "md5 = ?", drop, md5));
          return new Others(same, unknown);
        });
  }

  private static List<Other> uploaded(Handle handle, String known, Drop drop, String... md5) {
    return others(handle, UPLOADED.formatted(known), values(drop, md5), true);
  }

  private static List<Other> resting(Handle handle, String known, Drop drop, String... md5) {
    List<Object> values = values(drop, md5);
    values.add(drop.claimedAt());
    return others(handle, UNDER_WAY.formatted(known), values, false);
  }

  private static List<Object> values(Drop drop, String... md5) {
    List<Object> values = new ArrayList<>(List.of(drop.size()));
    values.addAll(List.of(md5));
    values.addAll(List.of(drop.connection(), drop.id()));
    return values;
  }

  private static List<Other> others(
      Handle handle, String from, List<Object> values, boolean uploaded) {
    return Sql.all(
        handle,
        row -> new Other(row.getLong(1), uploaded),
        "SELECT id" + from + " ORDER BY claimed_at",
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
