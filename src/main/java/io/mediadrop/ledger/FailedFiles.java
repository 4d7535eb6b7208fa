package io.mediadrop.ledger;

import io.mediadrop.drop.Reason;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<Long, List<Companion>> companions = companions(handle);
    return handle
        .createQuery(QUERY.formatted(ENDED, NOT_PROCESSED))
        .map((row, context) -> failed(row, companions))
        .list();
  }

  private static Failed failed(ResultSet row, Map<Long, List<Companion>> companions)
      throws SQLException {
    String reason = row.getString("reason");
    return new Failed(
        row.getLong("id"),
        row.getString("lane"),
        row.getString("path"),
        Path.of(row.getString("source")),
        row.getString("failed_path"),
        row.getLong("failed_at"),
        reason == null ? Reason.NOT_PROCESSED : Reason.ofColumn(reason),
        companions.getOrDefault(row.getLong("id"), List.of()));
  }

  private static Map<Long, List<Companion>> companions(Handle handle) {
    Map<Long, List<Companion>> companions = new HashMap<>();
    handle
        .createQuery("SELECT drop_id, name, place FROM companions WHERE failed = 1")
        .map(
            (row, context) ->
                companions
                    .computeIfAbsent(row.getLong(1), one -> new ArrayList<>())
                    .add(new Companion(row.getString(2), true, row.getString(3))))
        .list();
    return companions;
  }
}
