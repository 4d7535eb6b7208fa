package io.mediadrop.ledger;

import java.time.Instant;
import java.util.List;

/** Whether the ledger knows the uploads that lie in the archive. */
public class KnownUploads {

  private static final String NEWEST_MISSED = "newest-missed-upload";

  private final Ledger ledger;

  public KnownUploads(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The places below a folder of the archive that the ledger has promised. */
  public List<String> placesIn(String folder) {
    // what begins with the folder and a slash, by the index: 0 is the character after the slash
    return ledger.read(
        handle ->
            Sql.all(
                handle,
                row -> row.getString(1),
                "SELECT archive_path FROM uploads WHERE archive_path > ? AND archive_path < ?",
                folder + "/",
                folder + "0"));
  }

  /** Whether a place in the archive is promised to any drop. */
  public boolean isPromised(String place) {
    return ledger.read(handle -> UploadRecords.isReserved(handle, place));
  }

  /**
   * Whether there is such a drop; another ledger has given the same ids at other times.
   *
   * @param claimedAt the time as receipts have it
   */
  public boolean has(long dropId, String claimedAt) {
    return ledger
        .read(
            handle ->
                Sql.first(
                    handle,
                    row -> Instant.ofEpochMilli(row.getLong(1)).toString(),
                    "SELECT claimed_at FROM drops WHERE id = ?",
                    dropId))
        .filter(claimedAt::equals)
        .isPresent();
  }

  /**
   * Remembers that an upload is not in this ledger; false if this one or a later one was missed
   * before, so that it is told once.
   *
   * @param uploadedAt the time of the newest one, as receipts have it
   */
  public boolean isNews(String uploadedAt) {
    return ledger.write(
            handle ->
                Sql.update(
                    handle,
                    "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name)"
                        + " DO UPDATE SET value = excluded.value WHERE facts.value < excluded.value",
                    NEWEST_MISSED,
                    uploadedAt))
        == 1;
  }
}
