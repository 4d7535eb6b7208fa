package io.mediadrop.ledger;

import io.mediadrop.source.DroppedFile;
import io.mediadrop.source.Intake;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;

/** Takes settled files into the ledger, each by one worker of one machine at a time. */
public class Claims {

  /** How long a claim lasts without being renewed, where several machines share the ledger. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final String owner = UUID.randomUUID().toString();
  private final DropRows rows = new DropRows();

  /** No two claims have the same time, so that it is clear which came first. */
  private final AtomicLong lastClaim = new AtomicLong();

  private final Clock clock;
  private LedgerDatabase database;
  private Ledger ledger;
  private Connections connections;
  private Intake intake;
  private WaitingTimes waitingTimes;

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
   * stopping, the lane pauses, the drop is not due yet, or another machine has it.
   */
  public Drop claim(@Variable("file") DroppedFile file) {
    if (!intake.isOpen() || file.lane().pause().isOn() || !isUntouched(file)) {
      return null;
    }
    return ledger.write(handle -> take(handle, file)).orElse(null);
  }

  /** The file may have waited for its worker for a while; if it has changed it settles anew. */
  private static boolean isUntouched(DroppedFile file) {
    try {
      return file.isUntouched();
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Drop> take(Handle handle, DroppedFile file) {
    Optional<Drop> known = rows.underWay(handle, file.lane().name(), file.relative().toString());
    if (known.isEmpty()) {
      return Optional.of(begin(handle, file));
    }
    Drop drop = known.get();
    if (isBeforeUpload(drop) && drop.size() != file.size()) {
      Ledger.change(handle, drop, "state = :next", DropState.GONE).execute();
      return Optional.of(begin(handle, file));
    }
    Duration wait = waitingTimes.remaining(drop.dueAt());
    if (!wait.isZero()) {
      file.lane().hand().hold(file.path(), wait);
      return Optional.empty();
    }
    return resume(handle, drop, file);
  }

  /** From the upload on, what lies at the path does not matter to the drop any more. */
  private static boolean isBeforeUpload(Drop drop) {
    return drop.state() != DropState.UPLOADED && drop.state() != DropState.FAILED;
  }

  /**
   * A file of the same length is the same drop, also with another date: its content is compared
   * with what the API has wherever that matters, before complete and when in doubt.
   */
  private Optional<Drop> resume(Handle handle, Drop drop, DroppedFile file) {
    long modified = isBeforeUpload(drop) ? file.stamp().modified() : drop.modified();
    DropState state = drop.state() == DropState.MISSING ? DropState.CLAIMED : drop.state();
    int taken =
        handle
            .createUpdate(
                "UPDATE drops SET owner = :owner, lease_until = :lease, attempts = attempts + 1,"
                    // what was hashed before may have been another content
                    + " md5 = CASE WHEN modified = :modified THEN md5 ELSE NULL END,"
                    + " modified = :modified, state = :state"
                    + " WHERE id = :id"
                    + " AND (owner IS NULL OR owner = :owner OR lease_until < :now)")
            .bind("owner", owner)
            .bind("lease", clock.millis() + LEASE.toMillis())
            .bind("modified", modified)
            .bind("state", state.name())
            .bind("now", clock.millis())
            .bind("id", drop.id())
            .execute();
    return taken == 1
        ? rows.where(handle, "id = :id").bind("id", drop.id()).map(rows).findOne()
        : Optional.empty();
  }

  private Drop begin(Handle handle, DroppedFile file) {
    Drop drop =
        new Drop(
            UUID.randomUUID().toString(),
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
            false);
    handle
        .createUpdate(
            "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key,"
                + " origin, state, owner, lease_until, attempts, claimed_at)"
                + " VALUES (:id, :lane, :connection, :source, :path, :size, :modified, :key,"
                + " :origin, 'CLAIMED', :owner, :lease, 1, :now)")
        .bind("id", drop.id())
        .bind("lane", drop.lane())
        .bind("connection", drop.connection())
        .bind("source", drop.source().toString())
        .bind("path", drop.path())
        .bind("size", drop.size())
        .bind("modified", drop.modified())
        .bind("key", file.stamp().key())
        .bind("origin", file.origin())
        .bind("owner", owner)
        .bind("lease", clock.millis() + LEASE.toMillis())
        .bind("now", lastClaim.updateAndGet(last -> Math.max(last + 1, clock.millis())))
        .execute();
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

  public void setWaitingTimes(WaitingTimes waitingTimes) {
    this.waitingTimes = waitingTimes;
  }
}
