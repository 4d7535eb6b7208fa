package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.Uploaded;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/**
 * Records what has become of an upload's media, each time in one transaction with what is to be
 * told of it, so that it is told once.
 */
public class ReadinessRecords {

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger;
  private final UploadRecords uploadRecords;

  ReadinessRecords(Ledger ledger, UploadRecords uploadRecords) {
    this.ledger = ledger;
    this.uploadRecords = uploadRecords;
  }

  /** The API has a media of the upload by now. */
  public void heard(Uploaded uploaded) {
    ledger.write(handle -> uploadRecords.answered(handle, uploaded));
  }

  /** The media can be used. Archive and subscribers are told. */
  public void ready(Uploaded uploaded, String archived) {
    end(uploaded, EventType.MEDIA_READY, MediaEvents.of(uploaded, archived, null));
  }

  /** The API could not process it; its original is still to be put away. */
  public void failing(Uploaded uploaded) {
    ledger.write(
        handle -> {
          uploadRecords.answered(handle, uploaded);
          return handle.execute(
              "UPDATE uploads SET has_error = 1, failed_at = ? WHERE id = ?",
              clock.millis(),
              uploaded.id());
        });
  }

  /**
   * The original of a media that could not be processed is put away; subscribers are told.
   *
   * @param failed the original's place below the refused files; null if it is not there
   */
  public void failed(Uploaded uploaded, String failed) {
    end(
        uploaded,
        EventType.MEDIA_FAILED,
        MediaEvents.failed(uploaded, null, failed, Reason.NOT_PROCESSED.what()));
  }

  /** The API is not asked any more; its answers so far are the last word. */
  public void givenUp(Uploaded uploaded, String archived, String why) {
    end(uploaded, EventType.MEDIA_FAILED, MediaEvents.failed(uploaded, archived, null, why));
  }

  private void end(Uploaded uploaded, EventType type, ObjectNode data) {
    ledger.write(handle -> end(handle, uploaded, type, data));
  }

  private boolean end(Handle handle, Uploaded uploaded, EventType type, ObjectNode data) {
    if (!AwaitedMedia.end(handle, uploaded.id())) {
      return false;
    }
    uploadRecords.answered(handle, uploaded);
    Event event = Event.ofDrop(type, uploaded.id(), clock.millis(), data);
    ledger.events().record(handle, event);
    if (!type.isForArchive()) {
      // its receipt and items say more than before
      ledger.events().recordForArchive(handle, event);
    }
    return true;
  }

  /** Whether another upload of the same size waits for a media of which nothing is known either. */
  public boolean hasUnknownTwin(Drop drop) {
    return ledger.read(
        handle ->
            handle
                .createQuery(
                    "SELECT 1 FROM uploads WHERE connection = ? AND size = ? AND id <> ?"
                        + " AND media_id IS NULL AND duplicate_of IS NULL LIMIT 1")
                .bind(0, drop.connection())
                .bind(1, drop.size())
                .bind(2, drop.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }
}
