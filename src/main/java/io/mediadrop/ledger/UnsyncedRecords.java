package io.mediadrop.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Remembers of which filed drops receipt and items may not be on the disk yet: their names are, and
 * the system writes their bytes in its own time.
 */
public class UnsyncedRecords {

  private static final int STRETCH = 500;

  /** Asked again and again: of all uploads only those that are due are looked at. */
  static final String DUE =
      "SELECT u.id, d.archive_path, u.mounting FROM unsynced u JOIN uploads d ON d.id = u.id"
          + " WHERE u.id > ? AND (u.written_at <= ? OR u.mounting <> ?) ORDER BY u.id LIMIT "
          + STRETCH;

  /**
   * A filed drop whose receipt and items may not be on the disk.
   *
   * @param dropId the drop's
   * @param place the original's below the archive
   * @param mounting the mark of the mounting that they were written through
   */
  public record Unsynced(long dropId, String place, long mounting) {}

  private final Presence any;
  private final Ledger ledger;

  public UnsyncedRecords(Ledger ledger) {
    this.ledger = ledger;
    any = new Presence(ledger, handle -> Sql.any(handle, "SELECT 1 FROM unsynced LIMIT 1"));
  }

  /** In the transaction that files the drop. */
  static void add(Handle handle, long dropId, long mounting, long now) {
    Sql.update(
        handle,
        "INSERT INTO unsynced (id, mounting, written_at) VALUES (?, ?, ?) ON CONFLICT (id)"
            + " DO UPDATE SET mounting = excluded.mounting, written_at = excluded.written_at",
        dropId,
        mounting,
        now);
  }

  /**
   * Some of those that are to be seen to, in the order of their ids.
   *
   * @param before when it was written at the latest, in milliseconds since the epoch, what was
   *     written through the mounting of this mark; what was through another is seen to at once
   * @param after the last one that is known already
   */
  public List<Unsynced> due(long before, long mounting, long after) {
    if (!any.isThere()) {
      return List.of();
    }
    return ledger.read(
        handle ->
            Sql.all(
                handle,
                row -> new Unsynced(row.getLong(1), row.getString(2), row.getLong(3)),
                DUE,
                after,
                before,
                mounting));
  }

  /** They are on the disk. Should a power cut take this, that is found once more. */
  public void synced(List<Long> dropIds) {
    ledger.note(
        handle -> {
          for (long id : dropIds) {
            Sql.update(handle, "DELETE FROM unsynced WHERE id = ?", id);
          }
          return dropIds;
        });
  }
}
