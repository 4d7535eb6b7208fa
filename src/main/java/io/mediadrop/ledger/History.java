package io.mediadrop.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What the ledger knows of files, for people who look for one. */
public final class History {

  /**
   * One file, under way or ended.
   *
   * @param id the drop's
   * @param path below the lane's folder
   * @param state as in the ledger; {@code UPLOADED} also where the original is put away by now
   * @param size in bytes
   * @param checksum its md5, or the md5 of the parts' md5s with their number; null before the
   *     upload
   * @param at when it was uploaded, refused or, while it is under way, claimed
   * @param place of the original below the archive, or below the refused files; null if it has none
   * @param duplicateOf lane and path of the file that brought the same content; null if none did
   * @param reason why it waits or was not uploaded; null if there is none
   */
  public record Entry(
      long id,
      String lane,
      String path,
      String state,
      long size,
      String checksum,
      String contentType,
      String mediaUploadId,
      String mediaId,
      Instant at,
      String place,
      String duplicateOf,
      String reason) {}

  private static final String UPLOADS =
      "SELECT id, lane, path, 'UPLOADED' AS state, size, checksum, content_type, media_upload_id,"
          + " media_id, uploaded_at AS at, COALESCE(failed_path, archive_path) AS place,"
          + " (SELECT f.lane || ' ' || f.path FROM uploads f WHERE f.id = d.duplicate_of) AS first,"
          + " NULL AS reason FROM uploads d WHERE ";

  private static final String OTHERS =
      "SELECT id, lane, path, state, size, NULL AS checksum, content_type, media_upload_id,"
          + " NULL AS media_id, COALESCE(failed_at, claimed_at) AS at, failed_path AS place,"
          + " NULL AS first, reason FROM %s d WHERE ";

  private static final String MEANT =
      "(LOWER(path) LIKE ? ESCAPE '!' OR media_upload_id = ?%s) ORDER BY id LIMIT 1000";

  private History() {}

  /**
   * Hands over all uploads, in the order in which their files were claimed, one after the other.
   *
   * @param lane of this lane alone; null for all
   */
  public static void uploads(Handle handle, Instant since, String lane, Consumer<Entry> each) {
    handle
        .createQuery(UPLOADS + "uploaded_at >= ? AND (? = '' OR lane = ?) ORDER BY id")
        .bind(0, since.toEpochMilli())
        .bind(1, lane == null ? "" : lane)
        .bind(2, lane)
        .map((row, context) -> of(row))
        .forEach(each);
  }

  /** What has the text in its path, or as the id of its media or its upload; at most 1,000 each. */
  public static List<Entry> find(Handle handle, String text) {
    String like = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    List<Entry> found = new ArrayList<>();
    String uploads = UPLOADS + MEANT.formatted(" OR media_id = ?");
    found.addAll(Sql.all(handle, History::of, uploads, like, text, text));
    found.addAll(
        Sql.all(handle, History::of, OTHERS.formatted("ended") + MEANT.formatted(""), like, text));
    String work = "NOT EXISTS (SELECT 1 FROM uploads u WHERE u.id = d.id) AND ";
    found.addAll(
        Sql.all(
            handle,
            History::of,
            OTHERS.formatted("work") + work + MEANT.formatted(""),
            like,
            text));
    return found;
  }

  /** The endpoints that have not taken yet what is told of a drop. */
  public static List<String> untold(Handle handle, long id) {
    return Sql.all(
        handle,
        row -> row.getString(1),
        "SELECT DISTINCT e.name FROM outbox o JOIN endpoints e ON e.n = o.endpoint"
            + " WHERE o.subject = ? ORDER BY e.name",
        id);
  }

  private static Entry of(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getString("lane"),
        row.getString("path"),
        row.getString("state"),
        row.getLong("size"),
        row.getString("checksum"),
        row.getString("content_type"),
        row.getString("media_upload_id"),
        row.getString("media_id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("place"),
        row.getString("first"),
        row.getString("reason"));
  }
}
