package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.drop.Uploaded;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Whether the ledger knows the uploads that lie in the archive. */
public class KnownUploads {

  private static final String NEWEST_MISSED = "newest-missed-upload";

  private final Ledger ledger;

  public KnownUploads(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The places below a folder of the archive of which the ledger knows that they are filled. */
  public List<String> placesIn(String folder) {
    // what begins with the folder and a slash, by the index: 0 is the character after the slash
    return ledger.read(
        handle ->
            Sql.all(
                handle,
                row -> row.getString(1),
                "SELECT archive_path FROM uploads u WHERE archive_path > ? AND archive_path < ?"
                    + " AND NOT EXISTS (SELECT 1 FROM work w WHERE w.id = u.id)",
                folder + "/",
                folder + "0"));
  }

  /** The marks of the connections that the ledger knows. */
  public Set<String> connections() {
    return Set.copyOf(
        ledger.read(
            handle ->
                Sql.all(
                    handle,
                    row -> row.getString(1),
                    "SELECT connection FROM uploads UNION SELECT connection FROM work"
                        + " UNION SELECT connection FROM ended")));
  }

  /** Whether the ledger has an upload. */
  public boolean has(Uploaded uploaded) {
    return has(uploaded.id(), Instant.ofEpochMilli(uploaded.claimedAt()).toString());
  }

  /** The same by a receipt; one of an earlier version tells no more than the content. */
  public boolean has(JsonNode receipt) {
    return receipt.path("id").isNumber()
        ? has(receipt.path("id").longValue(), receipt.path("claimedAt").asText())
        : hasContent(receipt) || isPromised(receipt.path("archived").asText(""));
  }

  /** Another ledger has given the same ids at other times. */
  private boolean has(long dropId, String claimedAt) {
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

  private boolean hasContent(JsonNode receipt) {
    return ledger.read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM uploads WHERE size = ? AND checksum = ? AND lane = ?",
                receipt.path("size").longValue(),
                receipt.path("checksum").asText(""),
                receipt.path("lane").asText("")));
  }

  private boolean isPromised(String place) {
    return place.isEmpty() || ledger.read(handle -> UploadRecords.isReserved(handle, place));
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
