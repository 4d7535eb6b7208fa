package io.mediadrop.delivery;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.ClaimRecords;
import io.mediadrop.ledger.Connections;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a file is a drop that was begun before and goes on, or a new one. */
class KnownDrops {

  /** When it is looked again whether the upload that a file was renamed in has ended. */
  private static final Duration ANOTHER_LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final DropRows rows = new DropRows();
  private final SentContent sentContent = new SentContent();
  private final ClaimRecords records;
  private final Connections connections;
  private final WaitingTimes waitingTimes;

  KnownDrops(ClaimRecords records, Connections connections, WaitingTimes waitingTimes) {
    this.records = records;
    this.connections = connections;
    this.waitingTimes = waitingTimes;
  }

  /**
   * The claimed drop of a file; empty where it is not to be worked on now.
   *
   * @param id what it gets should it be new
   */
  Optional<Drop> take(Handle handle, long id, DroppedFile file, Sidecar sidecar) {
    Optional<Drop> known = rows.underWay(handle, file.lane().name(), file.relative().toString());
    Optional<Drop> renamed = known.isEmpty() ? rows.renamedInDoubt(handle, file) : known;
    if (renamed.isEmpty()) {
      return Optional.of(begin(handle, id, file, sidecar));
    }
    // an upload may go on while its file is renamed
    boolean busy = records.isInHand(renamed.get());
    if (busy || known.isEmpty() && file.lane().hand().isTaken(renamed.get().source())) {
      file.lane().hand().hold(file.path(), ANOTHER_LOOK);
      return Optional.empty();
    }
    if (known.isEmpty()) {
      records.follow(handle, renamed.get(), file);
    }
    Drop drop = known.or(() -> rows.byId(handle, renamed.get().id())).orElseThrow();
    if (isBeforeUpload(drop) && (isAnothers(drop, file) || isAnother(handle, drop, file))) {
      giveUp(handle, drop);
      return Optional.of(begin(handle, id, file, sidecar));
    }
    Duration wait = waitingTimes.remaining(drop.dueAt());
    if (!wait.isZero()) {
      file.lane().hand().hold(file.path(), wait);
      return Optional.empty();
    }
    return resume(handle, drop, file, sidecar);
  }

  /** What was begun for one connection is nothing to the one that the lane has now. */
  private boolean isAnothers(Drop drop, DroppedFile file) {
    return !drop.connection().equals(fingerprintOf(file));
  }

  private boolean isAnother(Handle handle, Drop drop, DroppedFile file) {
    return drop.size() != file.size() && !canBeAsked(handle, drop);
  }

  /** What was sent before the file changed can be asked for, where it is known what that was. */
  private boolean canBeAsked(Handle handle, Drop drop) {
    return drop.isInDoubt() && sentContent.checksum(handle, drop).isPresent();
  }

  private static void giveUp(Handle handle, Drop drop) {
    if (drop.isInDoubt()) {
      LOG.warn(
          "{}: outcome unknown: nobody heard how its upload ended, and its file or the lane's"
              + " connection has changed since, so that the API cannot be asked for it; what is"
              + " there now is uploaded by itself",
          drop);
    }
    Ledger.gone(handle, drop, drop.isInDoubt() ? Doubts.OUTCOME_UNKNOWN : null);
  }

  /** From the upload on, what lies at the path does not matter to the drop any more. */
  private static boolean isBeforeUpload(Drop drop) {
    return drop.state() != DropState.UPLOADED && drop.state() != DropState.FAILED;
  }

  /**
   * A file of the same length is the same drop, also with another date: its content is compared
   * with what the API has wherever that matters, before complete and when in doubt.
   */
  private Optional<Drop> resume(Handle handle, Drop drop, DroppedFile file, Sidecar sidecar) {
    boolean follows = isBeforeUpload(drop) && !canBeAsked(handle, drop);
    boolean replaced = follows && file.stamp().modified() != drop.modified();
    Sidecar counts = replaced ? of(drop, sidecar) : drop.sidecar();
    return records.resume(handle, drop, file, sourceOf(drop, file), follows, counts);
  }

  /** The lane's folder may lie elsewhere now, and what is only to be put away where it was. */
  private static Path sourceOf(Drop drop, DroppedFile file) {
    return isBeforeUpload(drop) || !Files.exists(drop.source(), LinkOption.NOFOLLOW_LINKS)
        ? file.path()
        : drop.source();
  }

  /** Another file has a sidecar of its own, but a session that it was to go into stays the one. */
  private static Sidecar of(Drop drop, Sidecar sidecar) {
    boolean another = sidecar != null && sidecar.mediaUploadId() != null;
    return drop.plan() != null && (drop.isInGivenSession() || another) ? drop.sidecar() : sidecar;
  }

  private Drop begin(Handle handle, long id, DroppedFile file, Sidecar sidecar) {
    return records.begin(handle, id, file, fingerprintOf(file), sidecar);
  }

  private String fingerprintOf(DroppedFile file) {
    return connections.fingerprint(file.lane().getConnectionId());
  }
}
