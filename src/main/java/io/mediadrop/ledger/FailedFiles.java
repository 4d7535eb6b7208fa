package io.mediadrop.ledger;

import io.mediadrop.drop.Reason;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the ledger knows of the files that lie among the refused ones, or did. */
public final class FailedFiles {

  /**
   * A refused file.
   *
   * @param id the drop's
   * @param path where it lay below the lane's folder
   * @param source the same, absolute
   * @param place where it was put, below the refused files
   * @param failedAt milliseconds since the epoch
   * @param companions what was put away with it
   */
  public record Failed(
      long id,
      String lane,
      String path,
      Path source,
      String place,
      long failedAt,
      Reason reason,
      List<Companion> companions) {}

  /** Of several that were put to the same place one after the other the last one is there. */
  private static final String QUERY =
      "SELECT id, lane, path, source, failed_path, failed_at, reason FROM (%s UNION ALL %s) f"
          + " WHERE NOT EXISTS (SELECT 1 FROM ended later WHERE later.failed_path = f.failed_path"
          + " AND later.id > f.id)"
          + " AND NOT EXISTS (SELECT 1 FROM uploads later WHERE later.failed_path = f.failed_path"
          + " AND later.id > f.id)"
          + " ORDER BY failed_at, id";

  private static final String ENDED =
      "SELECT id, lane, path, source, failed_path, failed_at, reason FROM ended"
          + " WHERE failed_path IS NOT NULL AND state = 'FAILED_MOVED'";

  private static final String NOT_PROCESSED =
      "SELECT id, lane, path, source, failed_path, failed_at, NULL AS reason FROM uploads"
          + " WHERE failed_path IS NOT NULL";

  private FailedFiles() {}

  /** All of them, the oldest failure first; whether they are there still the disk knows. */
  public static List<Failed> all(Handle handle) {
    return handle
        .createQuery(QUERY.formatted(ENDED, NOT_PROCESSED))
        .map((row, context) -> failed(handle, row))
        .list();
  }

  private static Failed failed(Handle handle, ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return new Failed(
        row.getLong("id"),
        row.getString("lane"),
        row.getString("path"),
        Path.of(row.getString("source")),
        row.getString("failed_path"),
        row.getLong("failed_at"),
        reason == null ? Reason.NOT_PROCESSED : Reason.ofColumn(reason),
        companions(handle, row.getLong("id")));
  }

  private static List<Companion> companions(Handle handle, long id) {
    return handle
        .createQuery("SELECT name, place FROM companions WHERE drop_id = ? AND failed = 1")
        .bind(0, id)
        .map((row, context) -> new Companion(row.getString(1), true, row.getString(2)))
        .list();
  }
}
