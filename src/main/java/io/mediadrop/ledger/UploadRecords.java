package io.mediadrop.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.archive.ArchivePaths;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Records in one transaction that the API has a drop, where its original goes, and whom to tell.
 */
public class UploadRecords implements RowMapper<Uploaded> {

  /** What {@link #map} needs, of the table of drops named {@code d}. */
  public static final String COLUMNS =
      "d.id AS drop_id, d.lane, d.path, d.size, d.checksum, d.content_type, d.media_upload_id,"
          + " d.answer, d.archive_path, d.attempts AS drop_attempts, d.adopted, d.claimed_at,"
          + " d.uploaded_at";

  private final Clock clock;
  private Ledger ledger;
  private ArchivePaths archivePaths;
  private ObjectMapper json;
  private List<String> endpoints;

  /** Takes its times from the machine's clock. */
  public UploadRecords() {
    this(Clock.systemUTC());
  }

  UploadRecords(Clock clock) {
    this.clock = clock;
  }

  /** Records the API's answer for a drop; from here on it is never sent again. */
  public Drop uploaded(
      @Body JsonNode answer, @Variable("drop") Drop drop, @Variable("checksum") String checksum) {
    Instant now = clock.instant();
    return ledger.write(
        handle -> {
          String place = archivePaths.reserve(drop, now, path -> isReserved(handle, path));
          Ledger.change(
                  handle,
                  drop,
                  "state = :next, answer = :answer, checksum = :checksum, media_id = :media,"
                      + " archive_path = :place, uploaded_at = :now",
                  DropState.UPLOADED)
              .bind("answer", write(answer))
              .bind("checksum", checksum)
              .bind("media", answer.path("media").path("id").asText(null))
              .bind("place", place)
              .bind("now", now.toEpochMilli())
              .execute();
          endpoints.forEach(endpoint -> announce(handle, drop, endpoint));
          return drop.uploaded(place);
        });
  }

  private static boolean isReserved(Handle handle, String place) {
    return handle
        .createQuery("SELECT 1 FROM drops WHERE archive_path = ?")
        .bind(0, place)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static void announce(Handle handle, Drop drop, String endpoint) {
    handle.execute(
        "INSERT INTO outbox (id, drop_id, endpoint) VALUES (?, ?, ?)",
        "evt_" + UUID.randomUUID().toString().replace("-", ""),
        drop.id(),
        endpoint);
  }

  /** Records that the original and its receipt are in the archive; what is to be told is due. */
  public void filed(Drop drop) {
    long now = clock.millis();
    ledger.write(
        handle -> {
          handle.execute(
              "UPDATE outbox SET due_at = ? WHERE drop_id = ? AND due_at IS NULL", now, drop.id());
          return Ledger.change(handle, drop, "state = :next, filed_at = :now", DropState.FILED)
              .bind("now", now)
              .execute();
        });
  }

  /** What is known of an uploaded drop. */
  public Uploaded of(Drop drop) {
    return ledger.read(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM drops d WHERE d.id = ?")
                .bind(0, drop.id())
                .map(this)
                .one());
  }

  @Override
  public Uploaded map(ResultSet row, StatementContext context) throws SQLException {
    return new Uploaded(
        row.getString("drop_id"),
        row.getString("lane"),
        row.getString("path"),
        row.getLong("size"),
        row.getString("checksum"),
        row.getString("content_type"),
        row.getString("media_upload_id"),
        read(row.getString("answer")),
        row.getString("archive_path"),
        row.getInt("drop_attempts"),
        row.getInt("adopted") != 0,
        row.getLong("claimed_at"),
        row.getLong("uploaded_at"));
  }

  private String write(JsonNode answer) {
    try {
      return json.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API's answer could not be written", e);
    }
  }

  private JsonNode read(String answer) {
    try {
      return json.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds an answer that cannot be read", e);
    }
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setArchivePaths(ArchivePaths archivePaths) {
    this.archivePaths = archivePaths;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  /** The names of the endpoints that are told of every upload, separated by commas. */
  public void setEndpoints(String names) {
    endpoints = List.of(names.split(","));
  }
}
