package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.Uploaded;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/**
 * Lets subscribers be told of a drop although its file cannot be put away, once: what is told and
 * that it is told stand in one transaction, and putting the file away tells nobody then. The
 * archive endpoint gets what lies beside the original when that does.
 */
public class Announcements {

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger;
  private final UploadRecords uploadRecords;
  private final AwaitedMedia awaitedMedia;

  Announcements(Ledger ledger, UploadRecords uploadRecords, AwaitedMedia awaitedMedia) {
    this.ledger = ledger;
    this.uploadRecords = uploadRecords;
    this.awaitedMedia = awaitedMedia;
  }

  /**
   * Tells of an uploaded or refused drop.
   *
   * @param why its file is still where it was
   * @return false if that was done before, or if the file has been put away
   */
  public boolean announce(Drop drop, String why) {
    long now = clock.millis();
    return drop.state() == DropState.UPLOADED
        ? announce(drop, uploadRecords.of(drop), why, now)
        : announce(drop, ledger.reasonOf(drop), why, now);
  }

  private boolean announce(Drop drop, Uploaded uploaded, String why, long now) {
    return ledger.write(
        handle -> {
          if (!mark(handle, drop, now)) {
            return false;
          }
          tell(
              handle,
              Event.ofDrop(
                  UploadRecords.typeOf(uploaded),
                  drop.id(),
                  uploaded.uploadedAt(),
                  MediaEvents.of(uploaded, null, null)),
              why);
          if (uploaded.media().path("hasError").asBoolean()) {
            tell(handle, UploadRecords.faulty(uploaded, null, null), why);
          }
          awaitedMedia.begin(handle, drop, uploaded);
          return true;
        });
  }

  private boolean announce(Drop drop, Reason reason, String why, long now) {
    return ledger.write(
        handle -> {
          if (!mark(handle, drop, now)) {
            return false;
          }
          tell(handle, Ledger.failure(handle, drop, reason, null), why);
          return true;
        });
  }

  private static boolean mark(Handle handle, Drop drop, long now) {
    return Sql.update(
            handle,
            "UPDATE work SET announced_at = ?"
                + " WHERE id = ? AND state = ? AND announced_at IS NULL",
            now,
            drop.id(),
            drop.state().name())
        == 1;
  }

  private void tell(Handle handle, Event event, String why) {
    event.data().put("notMoved", why);
    ledger.events().recordForSubscribers(handle, event);
  }
}
