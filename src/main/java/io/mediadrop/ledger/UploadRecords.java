package io.mediadrop.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Filed;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.Sent;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import io.mediadrop.lane.DroppedFile;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in one transaction that the API has a drop, and where its original goes; in a second one
 * that it lies there, and whom to tell.
 */
public class UploadRecords implements RowMapper<Uploaded> {

  /** What {@link #map} needs, of the table of uploads named {@code d}. */
  public static final String COLUMNS =
      "d.id AS drop_id, d.lane, d.connection, d.path, d.size, d.checksum, d.content_type,"
          + " d.media_upload_id,"
          + " d.answer, d.archive_path, d.attempts AS drop_attempts, d.adopted, d.tainted,"
          + " d.resent, d.duplicate_of, d.claimed_at, d.uploaded_at, d.given_up_at, d.sidecar";

  /** What is recorded already is not recorded anew, whoever comes with it. */
  private static final String UPLOADED =
      "INSERT INTO uploads (id, lane, connection, source, path, size, modified, content_type,"
          + " media_upload_id, plan, resent, attempts, claimed_at, sidecar, answer, checksum, md5,"
          + " media_id, archive_path, uploaded_at, tainted, adopted, has_error, failed_at,"
          + " duplicate_of)"
          + " SELECT id, lane, connection, source, path, size, modified, content_type,"
          + " media_upload_id, plan, resent, attempts, claimed_at, sidecar, ?, ?, COALESCE(?, md5),"
          + " ?, ?, ?, ?, ?, ?, ?, ? FROM work WHERE id = ? AND state <> 'UPLOADED'";

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final RecentAnswers recentAnswers = new RecentAnswers();
  private final Clock clock;
  private Ledger ledger;
  private Home home;
  private ArchivePaths archivePaths;
  private ObjectMapper json;
  private AwaitedMedia awaitedMedia;

  /** Takes its times from the machine's clock. */
  public UploadRecords() {
    this(Clock.systemUTC());
  }

  UploadRecords(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes the API's answer for a drop to be recorded; from there on it is never sent again. Nobody
   * waits for the disk but those who fetched the file from a server, and put its original away.
   */
  public Drop uploaded(
      @Body Drop drop,
      @Variable("answer") ApiAnswer answer,
      @Variable("call") Sent sent,
      @Variable("file") DroppedFile file) {
    boolean tainted = isTainted(drop, file);
    if (tainted) {
      LOG.warn("{} was changed while it was sent; it will be uploaded anew", drop);
    }
    Instant now = clock.instant();
    ledger.tallies().took(file.stamp().changed(), now.toEpochMilli());
    Drop uploaded = placed(drop, now, tainted);
    ledger.answer(drop, recording(uploaded, now, answer.json(), sent.checksum(), false, null));
    return drop.source().startsWith(home.data()) ? ledger.recorded(uploaded) : uploaded;
  }

  /** Records an answer by which the API turned out to have the drop already. */
  public Drop adopted(JsonNode answer, Drop drop, String checksum, boolean changed) {
    Instant now = clock.instant();
    Drop uploaded = placed(drop, now, changed);
    ledger.answer(drop, recording(uploaded, now, answer, checksum, true, null));
    return ledger.recorded(uploaded);
  }

  /** Records that the connection has the content already, from another drop. */
  public Drop duplicate(Drop drop, Drop first) {
    Uploaded earlier = of(first);
    Instant now = clock.instant();
    Drop uploaded = placed(drop, now, false);
    Drop duplicate =
        ledger.begin(
            recording(uploaded, now, earlier.answer(), earlier.checksum(), false, first.id()));
    ledger.tallies().duplicate(duplicate);
    return ledger.moved(duplicate);
  }

  /**
   * At a place that is free on the disk; what the ledger has promised is asked for in the change.
   */
  private Drop placed(Drop drop, Instant now, boolean tainted) {
    return drop.uploaded(archivePaths.reserve(drop, now, path -> false), tainted);
  }

  /** Whether the media in the answer is known as that of another drop, such as an older copy. */
  public boolean isAnothers(Drop drop, JsonNode answer) {
    String media = answer.path("media").path("id").asText("");
    return !media.isEmpty()
        && ledger.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT 1 FROM uploads WHERE connection = ? AND size = ? AND media_id = ?"
                            + " AND id <> ?")
                    .bind(0, drop.connection())
                    .bind(1, drop.size())
                    .bind(2, media)
                    .bind(3, drop.id())
                    .mapTo(Integer.class)
                    .findFirst()
                    .isPresent());
  }

  private static boolean isTainted(Drop drop, DroppedFile file) {
    try {
      return drop.plan().whole() && !file.isUntouched();
    } catch (IOException e) {
      // gone: what was sent was the file, and there is nothing to be sent anew
      return false;
    }
  }

  /** What records an upload at its place, or, where that is another's already, at the next one. */
  private HandleCallback<Drop, RuntimeException> recording(
      Drop drop, Instant now, JsonNode answer, String checksum, boolean adopted, Long duplicateOf) {
    JsonNode media = answer.path("media");
    boolean faulty = media.path("hasError").asBoolean();
    // not by the thread that writes for all
    String text = write(answer);
    recentAnswers.add(drop.id(), text, answer);
    return handle -> {
      String place =
          isReserved(handle, drop.archivePath())
              ? archivePaths.reserve(drop, now, path -> isReserved(handle, path))
              : drop.archivePath();
      int recorded =
          Sql.update(
              handle,
              UPLOADED,
              text,
              checksum,
              checksum == null || checksum.contains("-") ? null : checksum,
              media.path("id").asText(null),
              place,
              now.toEpochMilli(),
              drop.tainted() ? 1 : 0,
              adopted ? 1 : 0,
              faulty ? 1 : 0,
              faulty ? now.toEpochMilli() : null,
              duplicateOf,
              drop.id());
      if (recorded == 0) {
        return new DropRows().byId(handle, drop.id()).orElseThrow();
      }
      Sql.update(handle, "UPDATE work SET state = 'UPLOADED' WHERE id = ?", drop.id());
      RemoteRows.add(handle, drop.id());
      return drop.uploaded(place, drop.tainted());
    };
  }

  /** The API's answer for a drop, while it is in memory; else null. */
  public JsonNode recentAnswer(Drop drop) {
    return recentAnswers.of(drop.id());
  }

  /**
   * Promises an uploaded drop another place in the archive than it was promised first.
   *
   * @param wanted the place, which gets a number where something else has it
   */
  public Drop elsewhere(Drop drop, String wanted) {
    return ledger.write(
        handle -> {
          String place = archivePaths.another(drop, wanted, path -> isReserved(handle, path));
          Sql.update(
              handle,
              "UPDATE uploads SET archive_path = ? WHERE id = ?"
                  + " AND EXISTS (SELECT 1 FROM work w WHERE w.id = uploads.id)",
              place,
              drop.id());
          return drop.uploaded(place, drop.tainted());
        });
  }

  public static boolean isReserved(Handle handle, String place) {
    return Sql.any(
        handle,
        "SELECT 1 FROM uploads WHERE archive_path = ?"
            + " UNION ALL SELECT 1 FROM assets WHERE place = ?",
        place,
        place);
  }

  /**
   * Records that originals and receipts are put away, and what is to be told of them.
   *
   * @param mounting the mark of the mounting that the receipts were written through
   */
  public void filed(List<Filed> all, long mounting) {
    long now = clock.millis();
    ledger.write(
        handle -> {
          for (Filed filed : all) {
            filed(handle, filed, now);
            UnsyncedRecords.add(handle, filed.uploaded().id(), mounting, now);
          }
          return all;
        });
  }

  private void filed(Handle handle, Filed filed, long now) {
    Uploaded uploaded = filed.uploaded();
    Event event =
        Event.ofDrop(
            typeOf(uploaded),
            uploaded.id(),
            uploaded.uploadedAt(),
            MediaEvents.of(uploaded, filed.archived(), filed.failed()));
    if (end(handle, uploaded, "announced_at IS NULL")) {
      ledger.events().record(handle, event);
      if (uploaded.media().path("hasError").asBoolean()) {
        ledger.events().record(handle, faulty(uploaded, filed.archived(), filed.failed()));
      }
      awaitedMedia.begin(handle, filed.drop(), uploaded);
    } else if (end(handle, uploaded, "announced_at IS NOT NULL")) {
      // subscribers were told, and its media is awaited, since it was announced
      ledger.events().recordForArchive(handle, event);
    }
  }

  /** False where it has come to its end before: nothing is told twice. */
  private static boolean end(Handle handle, Uploaded uploaded, String condition) {
    return Sql.update(
            handle,
            "DELETE FROM work WHERE id = ? AND state = 'UPLOADED' AND " + condition,
            uploaded.id())
        == 1;
  }

  /** The event that tells that the API could not process an upload, as its answer says. */
  static Event faulty(Uploaded uploaded, String archived, String failed) {
    return Event.ofDrop(
        EventType.MEDIA_FAILED,
        uploaded.id(),
        uploaded.uploadedAt(),
        MediaEvents.failed(uploaded, archived, failed, Reason.NOT_PROCESSED.what()));
  }

  /** The event that tells of an upload. */
  static EventType typeOf(Uploaded uploaded) {
    return uploaded.duplicateOf() == null ? EventType.MEDIA_UPLOADED : EventType.FILE_DUPLICATE;
  }

  /** Replaces what is known of an uploaded drop's media by what the API has said since. */
  int answered(Handle handle, Uploaded uploaded) {
    return handle.execute(
        "UPDATE uploads SET answer = ?, media_id = ?, given_up_at = ? WHERE id = ?",
        write(uploaded.answer()),
        uploaded.media().path("id").asText(null),
        uploaded.givenUpAt(),
        uploaded.id());
  }

  /** What file systems know the drop's file by, as it was claimed; empty where that is unknown. */
  public String fileKey(Drop drop) {
    return ledger
        .read(
            handle ->
                Sql.first(
                    handle,
                    row -> row.getString(1),
                    "SELECT file_key FROM work WHERE id = ?",
                    drop.id()))
        .orElse("");
  }

  /** What is known of an uploaded drop. */
  public Uploaded of(Drop drop) {
    return ofDrop(drop.id());
  }

  /** What is known of the uploaded drop with this id. */
  public Uploaded ofDrop(long id) {
    return ledger
        .read(
            handle ->
                Sql.first(
                    handle,
                    row -> map(row, null),
                    "SELECT " + COLUMNS + " FROM uploads d WHERE d.id = ?",
                    id))
        .orElseThrow();
  }

  @Override
  public Uploaded map(ResultSet row, StatementContext context) throws SQLException {
    long dropId = row.getLong("drop_id");
    String answer = row.getString("answer");
    JsonNode known = recentAnswers.take(dropId, answer);
    return new Uploaded(
        dropId,
        row.getString("lane"),
        row.getString("connection"),
        row.getString("path"),
        row.getLong("size"),
        row.getString("checksum"),
        row.getString("content_type"),
        row.getString("media_upload_id"),
        known == null ? read(answer) : known,
        row.getString("archive_path"),
        row.getInt("drop_attempts"),
        row.getInt("adopted") != 0,
        row.getInt("tainted") != 0,
        row.getInt("resent"),
        row.getObject("duplicate_of") == null ? null : row.getLong("duplicate_of"),
        row.getLong("claimed_at"),
        row.getLong("uploaded_at"),
        row.getObject("given_up_at") == null ? null : row.getLong("given_up_at"),
        SidecarJson.ofColumn(row.getString("sidecar")));
  }

  String write(JsonNode answer) {
    try {
      return json.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API's answer could not be written", e);
    }
  }

  public JsonNode read(String answer) {
    try {
      return json.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds an answer that cannot be read", e);
    }
  }

  /** What is recorded of media that were not ready at once. */
  public ReadinessRecords readiness() {
    return new ReadinessRecords(ledger, this);
  }

  /** What makes uploads again that an older ledger does not have. */
  public RestoredUploads restored() {
    return new RestoredUploads(ledger, home, this, awaitedMedia);
  }

  /** What has people told of drops that cannot be put away. */
  public Announcements announcements() {
    return new Announcements(ledger, this, awaitedMedia);
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setHome(Home home) {
    this.home = home;
    archivePaths = new ArchivePaths(home);
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  public void setAwaitedMedia(AwaitedMedia awaitedMedia) {
    this.awaitedMedia = awaitedMedia;
  }
}
