package io.mediadrop.ledger;

import io.mediadrop.api.UploadPlan;
import io.mediadrop.source.DroppedFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.Update;

/**
 * Remembers how far every drop has come. Each step is on the disk before the next one is taken, so
 * that after a crash the ledger says what is done, what is not, and what has to be asked.
 */
public class Ledger {

  /** How long a claim lasts without being renewed, where several machines share the ledger. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final String owner = UUID.randomUUID().toString();
  private final DropRows rows = new DropRows();
  private final Clock clock;
  private LedgerDatabase database;
  private Connections connections;

  /** Takes its times from the machine's clock. */
  public Ledger() {
    this(Clock.systemUTC());
  }

  Ledger(Clock clock) {
    this.clock = clock;
  }

  /** Frees what this machine had claimed before it stopped; the home's lock makes that safe. */
  public void open() {
    if (database.isSqlite()) {
      write(handle -> handle.execute("UPDATE drops SET owner = NULL WHERE owner IS NOT NULL"));
    }
  }

  /**
   * Takes a settled file: continues the drop under way for it, or begins a new one. Empty when
   * another machine has it.
   */
  public Optional<Drop> claim(DroppedFile file) {
    return write(
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
    change(handle, drop, "state = :next", drop.state() == DropState.UPLOADED
        ? DropState.FILED : DropState.GONE).execute();
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

  /** Records an upload session, before the first byte is sent. */
  public Drop opened(Drop drop, UploadPlan plan, String contentType) {
    return write(
        handle -> {
          handle.execute("DELETE FROM parts WHERE drop_id = ?", drop.id());
          change(
                  handle,
                  drop,
                  "state = :next, media_upload_id = :session, plan = :plan, expires_at = :expires,"
                      + " content_type = :type",
                  DropState.OPENED)
              .bind("session", plan.mediaUploadId())
              .bind("plan", DropRows.toColumn(plan))
              .bind("expires", plan.expiresAt())
              .bind("type", contentType)
              .execute();
          return drop.opened(plan, contentType);
        });
  }

  /** Records that a call which ends the upload is about to be made. */
  public Drop finalizing(Drop drop) {
    DropState next = drop.plan().whole() ? DropState.SENDING : DropState.COMPLETING;
    return write(
        handle -> {
          change(handle, drop, "state = :next", next).execute();
          return drop.in(next);
        });
  }

  /** Records a part that the API has acknowledged. */
  public void acknowledged(Drop drop, int number, String md5, String etag) {
    write(
        handle ->
            handle.execute(
                "INSERT INTO parts (drop_id, number, md5, etag) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (drop_id, number)"
                    + " DO UPDATE SET md5 = excluded.md5, etag = excluded.etag",
                drop.id(), number, md5, etag));
  }

  /** The md5 of every acknowledged part, by its number less one; null for one still to be sent. */
  public String[] acknowledgedParts(Drop drop) {
    String[] digests = new String[drop.plan().size()];
    read(
            handle ->
                handle
                    .createQuery("SELECT number, md5 FROM parts WHERE drop_id = ?")
                    .bind(0, drop.id())
                    .map((row, context) -> new Part(row.getInt(1), row.getString(2)))
                    .list())
        .forEach(part -> digests[part.number() - 1] = part.md5());
    return digests;
  }

  private record Part(int number, String md5) {}

  /** Records that the drop is to be tried again later. */
  public void waiting(Drop drop, Instant due, String reason) {
    write(
        handle ->
            change(
                    handle,
                    drop,
                    "state = :next, due_at = :due, reason = :reason, owner = NULL",
                    DropState.WAITING)
                .bind("due", due.toEpochMilli())
                .bind("reason", reason)
                .execute());
  }

  /** Records that the drop will not be uploaded, and why. */
  public Drop failed(Drop drop, Reason reason, String requestId) {
    return write(
        handle -> {
          change(
                  handle,
                  drop,
                  "state = :next, reason = :reason, request_id = :request",
                  DropState.FAILED)
              .bind("reason", reason.toColumn())
              .bind("request", requestId)
              .execute();
          return drop.in(DropState.FAILED);
        });
  }

  /** Records that the file has been put into the failed folder. */
  public void failedMoved(Drop drop) {
    write(handle -> change(handle, drop, "state = :next", DropState.FAILED_MOVED).execute());
  }

  /** All drops in a state, oldest first. */
  public List<Drop> in(DropState state) {
    return read(handle -> rows.in(handle, state));
  }

  /** Why the drop failed. */
  public Reason reasonOf(Drop drop) {
    return read(
        handle ->
            handle
                .createQuery("SELECT reason FROM drops WHERE id = ?")
                .bind(0, drop.id())
                .mapTo(String.class)
                .map(Reason::ofColumn)
                .one());
  }

  static Update change(Handle handle, Drop drop, String assignments, DropState next) {
    return handle
        .createUpdate("UPDATE drops SET " + assignments + " WHERE id = :id")
        .bind("id", drop.id())
        .bind("next", next.name());
  }

  /** Runs a query. */
  public <T> T read(HandleCallback<T, RuntimeException> query) {
    return database.jdbi().withHandle(query);
  }

  /** Runs a change in a transaction, which is durable when this returns. */
  public <T> T write(HandleCallback<T, RuntimeException> change) {
    return database.jdbi().inTransaction(change);
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setConnections(Connections connections) {
    this.connections = connections;
  }
}
