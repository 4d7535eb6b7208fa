package io.mediadrop.delivery;

import io.mediadrop.base.Ids;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.Connections;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.ledger.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes settled files into the ledger, each by one worker of one machine at a time. */
public class Claims {

  /** When it is looked again whether the upload that a file was renamed in has ended. */
  private static final Duration ANOTHER_LOOK = Duration.ofSeconds(1);

  /** When it is looked again whether a sidecar can be read. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final String owner = UUID.randomUUID().toString();
  private final DropRows rows = new DropRows();
  private final SentContent sentContent = new SentContent();
  private final SidecarReader sidecarReader = new SidecarReader();

  /** No two claims have the same time, so that it is clear which came first. */
  private final AtomicLong lastClaim = new AtomicLong();

  private final Clock clock;
  private LedgerDatabase database;
  private Ledger ledger;
  private Connections connections;
  private Intake intake;
  private WaitingTimes waitingTimes;
  private Writers writers;

  /** Takes its times from the machine's clock. */
  public Claims() {
    this(Clock.systemUTC());
  }

  Claims(Clock clock) {
    this.clock = clock;
  }

  /** Frees what this machine had claimed before it stopped; the home's lock makes that safe. */
  public void open() {
    if (database.isSqlite()) {
      ledger.write(
          handle -> handle.execute("UPDATE drops SET owner = NULL WHERE owner IS NOT NULL"));
    }
  }

  /**
   * The drop for a settled file, or null where it is not to be worked on now: mediadrop is
   * stopping, the lane pauses or is about to go, the file's folder is not the lane's any more, the
   * drop is not due yet, or another machine has it.
   */
  public Drop claim(@Variable("file") DroppedFile file) {
    if (!intake.isOpen() || !isTheLanes(file) || !isUntouched(file)) {
      return null;
    }
    if (file.sidecar() == null) {
      return claim(file, null);
    }
    Sidecar sidecar = sidecarOf(file);
    return sidecar == null ? null : claim(file, sidecar);
  }

  private Drop claim(DroppedFile file, Sidecar sidecar) {
    return ledger.note(handle -> take(handle, file, sidecar)).map(ledger::taken).orElse(null);
  }

  /** Whose the file's folder is may have become known while the file waited for its worker. */
  private static boolean isTheLanes(DroppedFile file) {
    return file.lane().takesFiles() && file.lane().mayTakeFrom(file.relative().getParent());
  }

  /** What the sidecar says now; null if it has changed, so that the file settles anew with it. */
  private Sidecar sidecarOf(DroppedFile file) {
    try {
      return sidecarReader.read(SidecarNames.of(file.path()), file.sidecar(), file.lane());
    } catch (NoSuchFileException e) {
      LOG.debug("the sidecar of {} has gone", file, e);
      return null;
    } catch (IOException e) {
      LOG.warn("{} waits, as its sidecar cannot be read: {}", file, Printable.of(e.toString()));
      file.lane().hand().hold(file.path(), UNREADABLE);
      return null;
    }
  }

  /**
   * The file may have waited for its worker for a while; if it has changed, or was opened again, it
   * settles anew.
   */
  private boolean isUntouched(DroppedFile file) {
    try {
      return file.isUntouched()
          && (file.origin() != null
              || writers.of(file.path(), file.stamp()) != Writers.Answer.SOMEBODY);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Drop> take(Handle handle, DroppedFile file, Sidecar sidecar) {
    Optional<Drop> known = rows.underWay(handle, file.lane().name(), file.relative().toString());
    Optional<Drop> renamed = known.isEmpty() ? rows.renamedInDoubt(handle, file) : known;
    if (renamed.isEmpty()) {
      return Optional.of(begin(handle, file, sidecar));
    }
    if (known.isEmpty() && !follow(handle, renamed.get(), file)) {
      file.lane().hand().hold(file.path(), ANOTHER_LOOK);
      return Optional.empty();
    }
    Drop drop = known.or(() -> rows.byId(handle, renamed.get().id())).orElseThrow();
    if (isBeforeUpload(drop) && (isAnothers(drop, file) || isAnother(handle, drop, file))) {
      if (isOwnedElsewhere(handle, drop)) {
        file.lane().hand().hold(file.path(), ANOTHER_LOOK);
        return Optional.empty();
      }
      giveUp(handle, drop);
      return Optional.of(begin(handle, file, sidecar));
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
    return !drop.connection().equals(connections.fingerprint(file.lane().getConnectionId()));
  }

  private boolean isAnother(Handle handle, Drop drop, DroppedFile file) {
    return drop.size() != file.size() && !canBeAsked(handle, drop);
  }

  /** What was sent before the file changed can be asked for, where it is known what that was. */
  private boolean canBeAsked(Handle handle, Drop drop) {
    return drop.isInDoubt() && sentContent.checksum(handle, drop).isPresent();
  }

  /** Whether somebody settles the drop at the moment, whose file was away. */
  private boolean isOwnedElsewhere(Handle handle, Drop drop) {
    return Sql.any(
        handle,
        "SELECT 1 FROM drops WHERE id = ? AND owner IS NOT NULL AND owner <> ?"
            + " AND lease_until >= ?",
        drop.id(),
        owner,
        clock.millis());
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

  /** Goes on at the new path, unless the upload that the file was renamed in is still going on. */
  private boolean follow(Handle handle, Drop drop, DroppedFile file) {
    // an upload may last longer than its lease
    return !file.lane().hand().isTaken(drop.source())
        && handle.execute(
                "UPDATE drops SET source = ?, path = ? WHERE id = ?"
                    + " AND (owner IS NULL OR lease_until < ?)",
                file.path().toString(),
                file.relative().toString(),
                drop.id(),
                clock.millis())
            == 1;
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
    long modified = follows ? file.stamp().modified() : drop.modified();
    boolean replaced = modified != drop.modified();
    DropState state = drop.state() == DropState.MISSING ? DropState.CLAIMED : drop.state();
    int taken =
        handle
            .createUpdate(
                "UPDATE drops SET owner = :owner, lease_until = :lease, attempts = attempts + 1,"
                    // what was hashed before may have been another content
                    + " md5 = CASE WHEN modified = :modified AND (file_key = :key OR NOT :follows)"
                    + " THEN md5 ELSE NULL END,"
                    + " file_key = CASE WHEN :follows THEN :key ELSE file_key END,"
                    + " modified = :modified, state = :state, sidecar = :sidecar,"
                    + " source = :source WHERE id = :id"
                    + " AND (owner IS NULL OR owner = :owner OR lease_until < :now)")
            .bind("owner", owner)
            .bind("lease", clock.millis() + Ledger.LEASE.toMillis())
            .bind("modified", modified)
            .bind("source", sourceOf(drop, file).toString())
            .bind("key", file.stamp().key())
            .bind("follows", follows)
            .bind("state", state.name())
            .bind("sidecar", SidecarJson.toColumn(replaced ? of(drop, sidecar) : drop.sidecar()))
            .bind("now", clock.millis())
            .bind("id", drop.id())
            .execute();
    return taken == 1 ? rows.byId(handle, drop.id()) : Optional.empty();
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

  private Drop begin(Handle handle, DroppedFile file, Sidecar sidecar) {
    Drop drop =
        new Drop(
            Ids.next().toString(),
            file.lane().name(),
            connections.fingerprint(file.lane().getConnectionId()),
            file.path(),
            file.relative().toString(),
            file.size(),
            file.stamp().modified(),
            DropState.CLAIMED,
            1,
            0,
            null,
            null,
            null,
            false,
            sidecar);
    Sql.update(
        handle,
        "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key,"
            + " origin, state, owner, lease_until, attempts, claimed_at, sidecar)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'CLAIMED', ?, ?, 1, ?, ?)",
        drop.id(),
        drop.lane(),
        drop.connection(),
        drop.source().toString(),
        drop.path(),
        drop.size(),
        drop.modified(),
        file.stamp().key(),
        file.origin(),
        owner,
        clock.millis() + Ledger.LEASE.toMillis(),
        lastClaim.updateAndGet(last -> Math.max(last + 1, clock.millis())),
        SidecarJson.toColumn(sidecar));
    return drop;
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setConnections(Connections connections) {
    this.connections = connections;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setWriters(Writers writers) {
    this.writers = writers;
  }

  public void setWaitingTimes(WaitingTimes waitingTimes) {
    this.waitingTimes = waitingTimes;
  }
}
