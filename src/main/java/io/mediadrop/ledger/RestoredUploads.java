package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Makes uploads again that the ledger does not have, as their receipts tell them, and ends what was
 * under way and is uploaded. Nobody is told of them: whoever was to be was told before, or by rows
 * that are lost. Nothing else may change the ledger meanwhile.
 */
public class RestoredUploads {

  private final Map<Long, Long> renumbered = new HashMap<>();
  private final Ledger ledger;
  private final RestoredRows rows;
  private final DropIds ids;

  RestoredUploads(
      Ledger ledger, Home home, UploadRecords uploadRecords, AwaitedMedia awaitedMedia) {
    this.ledger = ledger;
    rows = new RestoredRows(home, uploadRecords, awaitedMedia);
    ids = new DropIds(ledger, home);
  }

  /** Whether a drop is under way, whatever has become of it. */
  public boolean isUnderWay(Uploaded uploaded) {
    return ledger.read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM work WHERE id = ? AND claimed_at = ?",
                uploaded.id(),
                uploaded.claimedAt()));
  }

  /** Ends a drop that was under way: it is uploaded, and put away. */
  public void end(RestoredUpload upload) {
    ledger.write(
        handle -> {
          long id = upload.id();
          Sql.update(
              handle,
              "UPDATE uploads SET archive_path = ? WHERE id = ?",
              upload.uploaded().archivePath(),
              id);
          if (!Sql.any(handle, "SELECT 1 FROM uploads WHERE id = ?", id)) {
            rows.insert(handle, upload);
          }
          Sql.update(
              handle,
              "UPDATE uploads SET (source, modified, sidecar) ="
                  + " (SELECT source, modified, sidecar FROM work w WHERE w.id = uploads.id)"
                  + " WHERE id = ?",
              id);
          RemoteRows.add(handle, id);
          rows.insertBeside(handle, upload);
          return Sql.update(handle, "DELETE FROM work WHERE id = ?", id);
        });
  }

  /**
   * Adds uploads; where an id is another drop's by now, the upload gets one of its own.
   *
   * @return how many were added: not those whose place is promised to another
   */
  public int add(List<RestoredUpload> uploads) {
    List<RestoredUpload> numbered = uploads.stream().map(this::numbered).toList();
    return ledger.write(
        handle -> {
          int added = 0;
          for (RestoredUpload upload : numbered) {
            if (!isThere(handle, upload)) {
              rows.insert(handle, upload);
              rows.insertBeside(handle, upload);
              added++;
            }
          }
          return added;
        });
  }

  /**
   * Gives up what was under way and has no file: whatever became of it was told, and what comes to
   * its place is to be another drop.
   */
  public void giveUpVanished() {
    Stream.of(DropState.CLAIMED, DropState.OPENED, DropState.WAITING, DropState.MISSING)
        .flatMap(state -> ledger.in(state).stream())
        .filter(Drop::hasVanished)
        .forEach(drop -> ledger.gone(drop, null));
  }

  private static boolean isThere(Handle handle, RestoredUpload upload) {
    return UploadRecords.isReserved(handle, upload.uploaded().archivePath())
        || Sql.any(handle, "SELECT 1 FROM drops WHERE id = ?", upload.id());
  }

  private RestoredUpload numbered(RestoredUpload upload) {
    long id = upload.id();
    Long first = upload.first();
    if (ledger.read(handle -> Sql.any(handle, "SELECT 1 FROM drops WHERE id = ?", id))) {
      renumbered.put(id, ids.next());
    }
    return upload.as(
        renumbered.getOrDefault(id, id),
        first == null ? null : renumbered.getOrDefault(first, first));
  }
}
