package io.mediadrop.ledger;

import io.mediadrop.source.DroppedFile;
import io.mediadrop.source.Intake;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;

/** Takes settled files into the ledger, each by one worker of one machine at a time. */
public class Claims {

  /** How long a claim lasts without being renewed, where several machines share the ledger. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final String owner = UUID.randomUUID().toString();
  private final DropRows rows = new DropRows();
  private final Clock clock;
  private LedgerDatabase database;
  private Ledger ledger;
  private Connections connections;
  private Intake intake;

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
   * stopping, the drop is not due yet, or another machine has it.
   */
  public Drop claim(@Variable("file") DroppedFile file) {
    if (!intake.isOpen()) {
      return null;
    }
    Drop drop = take(file).orElse(null);
    if (drop != null && drop.dueAt() > clock.millis()) {
      file.lane().hand().hold(file.path(), Duration.ofMillis(drop.dueAt() - clock.millis()));
      return null;
    }
    return drop;
  }

  /**
   * Takes a settled file: continues the drop under way for it, or begins a new one. Empty when
   * another machine has it.
   */
  Optional<Drop> take(DroppedFile file) {
    return ledger.write(
        handle -> {
          Optional<Drop> known =
              rows.underWay(handle, file.lane().name(), file.relative().toString());
          if (known.isPresent() && !isSame(known.get(), file)) {
            supersede(handle, known.get());
            known = Optional.empty();
          }
          return known.isPresent() ? resume(handle, known.get()) : Optional.of(begin(handle, file));
        });
  }

  private static boolean isSame(Drop drop, DroppedFile file) {
    return drop.size() == file.size() && drop.modified() == file.stamp().modified();
  }

  /** Another file has taken the place of one that was not sent, or was sent and never filed. */
  private void supersede(Handle handle, Drop drop) {
    Ledger.change(
            handle,
            drop,
            "state = :next",
            drop.state() == DropState.UPLOADED ? DropState.FILED : DropState.GONE)
        .execute();
  }

  private Optional<Drop> resume(Handle handle, Drop drop) {
    int taken =
        handle
            .createUpdate(
                "UPDATE drops SET owner = :owner, lease_until = :lease, attempts = attempts + 1"
                    + " WHERE id = :id"
                    + " AND (owner IS NULL OR owner = :owner OR lease_until < :now)")
            .bind("owner", owner)
            .bind("lease", clock.millis() + LEASE.toMillis())
            .bind("now", clock.millis())
            .bind("id", drop.id())
            .execute();
    return taken == 1 ? Optional.of(drop) : Optional.empty();
  }

  private Drop begin(Handle handle, DroppedFile file) {
    Drop drop =
        new Drop(
            UUID.randomUUID().toString(),
            file.lane().name(),
            file.path(),
            file.relative().toString(),
            file.size(),
            file.stamp().modified(),
            file.stamp().key(),
            DropState.CLAIMED,
            1,
            0,
            null,
            null,
            null);
    handle
        .createUpdate(
            "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key,"
                + " state, owner, lease_until, attempts, claimed_at)"
                + " VALUES (:id, :lane, :connection, :source, :path, :size, :modified, :key,"
                + " 'CLAIMED', :owner, :lease, 1, :now)")
        .bind("id", drop.id())
        .bind("lane", drop.lane())
        .bind("connection", connections.fingerprint(file.lane().getConnectionId()))
        .bind("source", drop.source().toString())
        .bind("path", drop.path())
        .bind("size", drop.size())
        .bind("modified", drop.modified())
        .bind("key", drop.fileKey())
        .bind("owner", owner)
        .bind("lease", clock.millis() + LEASE.toMillis())
        .bind("now", clock.millis())
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
}
