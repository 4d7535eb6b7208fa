package io.mediadrop.ledger;

import io.mediadrop.drop.AssetRecord;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.RestoredUpload.PlacedCompanion;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes the rows of an upload that is made again from its receipt. */
final class RestoredRows {

  private final DropRows rows = new DropRows();
  private final Home home;
  private final UploadRecords uploadRecords;
  private final AwaitedMedia awaitedMedia;

  RestoredRows(Home home, UploadRecords uploadRecords, AwaitedMedia awaitedMedia) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.awaitedMedia = awaitedMedia;
  }

  void insert(Handle handle, RestoredUpload restored) {
    Uploaded upload = restored.uploaded();
    Long first = restored.first();
    // without the first one this is what tells that the connection has the content
    boolean duplicate =
        first != null && Sql.any(handle, "SELECT 1 FROM uploads WHERE id = ?", first);
    Sql.update(
        handle,
        "INSERT INTO uploads (id, lane, connection, source, path, size, modified, content_type,"
            + " media_upload_id, plan, md5, checksum, adopted, tainted, has_error, media_id, answer,"
            + " archive_path, duplicate_of, resent, attempts, claimed_at, uploaded_at, sidecar,"
            + " given_up_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        restored.id(),
        upload.lane(),
        upload.connection(),
        source(handle, upload).toString(),
        upload.file(),
        upload.size(),
        restored.modified(),
        upload.contentType(),
        upload.mediaUploadId(),
        duplicate ? null : DropRows.toColumn(restored.plan()),
        upload.isInParts() ? null : upload.checksum(),
        upload.checksum(),
        upload.adopted() ? 1 : 0,
        upload.superseded() ? 1 : 0,
        upload.media().path("hasError").asBoolean() ? 1 : 0,
        upload.media().path("id").asText(null),
        uploadRecords.write(upload.answer()),
        upload.archivePath(),
        duplicate ? first : null,
        upload.resent(),
        upload.attempts(),
        upload.claimedAt(),
        upload.uploadedAt(),
        SidecarJson.toColumn(upload.sidecar()),
        upload.givenUpAt());
  }

  /** Where the lane's folder is, or nowhere: what is put back goes to its own lane or stays. */
  private Path source(Handle handle, Uploaded upload) {
    Optional<String> folder =
        Sql.first(
            handle,
            row -> row.getString(1),
            "SELECT folder FROM lane_folders WHERE lane = ?",
            upload.lane());
    return Path.of(folder.orElse(home.data().resolve("restored").toString()))
        .resolve(upload.file());
  }

  void insertBeside(Handle handle, RestoredUpload restored) {
    Uploaded upload = restored.uploaded();
    for (AssetRecord asset : restored.assets()) {
      Sql.update(
          handle,
          "INSERT INTO assets (drop_id, item, place, size, archived_at, refused)"
              + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          restored.id(),
          asset.item(),
          asset.place(),
          asset.place() == null ? null : asset.size(),
          asset.place() == null ? null : upload.uploadedAt(),
          asset.refused());
    }
    for (PlacedCompanion placed : restored.companions()) {
      Sql.update(
          handle,
          "INSERT INTO companions (drop_id, name, size, modified, failed, place)"
              + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          restored.id(),
          placed.companion().name(),
          placed.size(),
          placed.modified(),
          placed.companion().failed() ? 1 : 0,
          placed.companion().place());
    }
    if (upload.givenUpAt() == null) {
      awaitedMedia.begin(handle, rows.byId(handle, restored.id()).orElseThrow(), upload);
    }
  }
}
