package io.mediadrop.upkeep;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.MediaItems;
import io.mediadrop.drop.OldDrop;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.FileNames;
import io.mediadrop.ledger.Companion;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Sql;
import io.mediadrop.ledger.UploadRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the drops whose files have been kept long enough. An age counts from the upload or the
 * failure that the ledger has recorded, whatever the file's own times are.
 */
class OldDrops {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final int BATCH = 500;

  private static final String PUT_AWAY = " AND NOT EXISTS (SELECT 1 FROM work w WHERE w.id = d.id)";

  /**
   * Whoever is still to be told may have to be told from what would be removed; so may, later, who
   * waits for the media or for a file behind it.
   */
  static final String ALL_IS_TOLD =
      " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject = d.id)"
          + " AND NOT EXISTS (SELECT 1 FROM awaited_media a WHERE a.drop_id = d.id)"
          + " AND NOT EXISTS (SELECT 1 FROM assets f WHERE f.drop_id = d.id"
          + " AND f.archived_at IS NULL AND f.refused IS NULL)";

  static final String ARCHIVED =
      "SELECT "
          + UploadRecords.COLUMNS
          + " FROM uploads d WHERE d.removed_at IS NULL AND d.uploaded_at < :before"
          + PUT_AWAY
          + ALL_IS_TOLD
          + " ORDER BY d.uploaded_at LIMIT :most";

  private static final String OLD =
      "SELECT d.id, d.lane, d.path, d.size, d.failed_path, d.failed_at,"
          + " EXISTS (SELECT 1 FROM ended later WHERE later.failed_path = d.failed_path"
          + " AND later.claimed_at > d.claimed_at)"
          + " OR EXISTS (SELECT 1 FROM uploads later WHERE later.failed_path = d.failed_path"
          + " AND later.claimed_at > d.claimed_at) AS replaced"
          + " FROM %s d WHERE d.failed_path IS NOT NULL AND d.failed_at < :before"
          + PUT_AWAY
          + ALL_IS_TOLD;

  /** What was refused, and what the API could not process. */
  static final String FAILED =
      OLD.formatted("ended")
          + " UNION ALL "
          + OLD.formatted("uploads")
          + " ORDER BY failed_at LIMIT :most";

  private final Set<Long> kept = ConcurrentHashMap.newKeySet();
  private final MediaItems mediaItems = new MediaItems();
  private final Ledger ledger;
  private final UploadRecords uploadRecords;
  private final CautiousTime time;
  private final Optional<Duration> archiveKeep;
  private final Optional<Duration> failedKeep;

  /** Files that stay for so long in the archive, and among the refused ones; or for ever. */
  OldDrops(
      Ledger ledger,
      UploadRecords uploadRecords,
      Optional<Duration> archiveKeep,
      Optional<Duration> failedKeep) {
    this.ledger = ledger;
    this.uploadRecords = uploadRecords;
    this.archiveKeep = archiveKeep;
    this.failedKeep = failedKeep;
    time = new CautiousTime(ledger);
  }

  /** Some of the drops whose files are to be removed now, the oldest first. */
  List<OldDrop> find() {
    if (archiveKeep.isEmpty() && failedKeep.isEmpty()) {
      return List.of();
    }
    Instant now = time.now();
    List<OldDrop> found = new ArrayList<>();
    archiveKeep.ifPresent(age -> found.addAll(archived(now.minus(age))));
    failedKeep.ifPresent(age -> found.addAll(failed(now.minus(age))));
    found.removeIf(drop -> kept.contains(drop.id()));
    return found;
  }

  private List<OldDrop> archived(Instant before) {
    return ledger.read(
        handle ->
            handle
                .createQuery(ARCHIVED)
                .bind("before", before.toEpochMilli())
                .bind("most", BATCH + kept.size())
                .map(uploadRecords)
                .stream()
                .map(uploaded -> archived(handle, uploaded))
                .toList());
  }

  private OldDrop archived(Handle handle, Uploaded uploaded) {
    String place = uploaded.archivePath();
    Stream<String> items =
        mediaItems.of(uploaded).stream()
            .map(item -> FileNames.item(place, item.path("item").asText()));
    List<String> besides =
        new ArrayList<>(
            Stream.concat(Stream.of(FileNames.assets(place), FileNames.sidecar(place)), items)
                .filter(beside -> !UploadRecords.isReserved(handle, beside))
                .toList());
    besides.addAll(
        Sql.all(
            handle,
            row -> row.getString(1),
            "SELECT place FROM assets WHERE drop_id = ? AND place IS NOT NULL",
            uploaded.id()));
    CompanionRecords.of(handle, uploaded.id()).stream()
        .filter(companion -> !companion.failed())
        .forEach(companion -> besides.add(companion.place()));
    // the receipt goes last: as long as anything is there, it says what that is
    besides.add(FileNames.receipt(place));
    return new OldDrop(
        uploaded.id(),
        nameOf(uploaded.lane(), uploaded.file()),
        false,
        uploaded.size(),
        place,
        besides);
  }

  private List<OldDrop> failed(Instant before) {
    return ledger.read(
        handle ->
            handle
                .createQuery(FAILED)
                .bind("before", before.toEpochMilli())
                .bind("most", BATCH + kept.size())
                .map((row, context) -> failed(handle, row))
                .list());
  }

  private static OldDrop failed(Handle handle, ResultSet row) throws SQLException {
    String place = row.getString("failed_path");
    boolean replaced = row.getBoolean("replaced");
    return new OldDrop(
        row.getLong("id"),
        nameOf(row.getString("lane"), row.getString("path")),
        true,
        row.getLong("size"),
        replaced ? null : place,
        replaced
            ? List.of()
            : Stream.concat(
                    CompanionRecords.of(handle, row.getLong("id")).stream()
                        .filter(Companion::failed)
                        .map(Companion::place),
                    Stream.of(FileNames.sidecar(place), FileNames.reason(place))
                        .filter(beside -> !isInFailed(handle, beside)))
                .toList());
  }

  private static boolean isInFailed(Handle handle, String place) {
    return Sql.any(handle, "SELECT 1 FROM drops WHERE failed_path = ?", place);
  }

  private static String nameOf(String lane, String path) {
    return lane + " " + Printable.of(path);
  }

  /** Leaves a drop alone whose files cannot be removed, until the next start. */
  void keep(OldDrop drop, Exception trouble) {
    kept.add(drop.id());
    LOG.warn(
        "{} is old and cannot be removed from {}, which is tried again at the next start: {}",
        drop,
        drop.failed() ? "failed" : "archive",
        Printable.of(trouble.toString()));
  }
}
