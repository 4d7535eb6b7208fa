package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Part;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.lane.Intake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how far every drop has come. Each step is on the disk before the next one is taken, so
 * that after a crash the ledger says what is done, what is not, and what has to be asked.
 */
public class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final DropRows rows = new DropRows();

  private final UnderWay underWay = new UnderWay();

  /** Uploads that are not on the disk yet. */
  private final Map<Long, CompletableFuture<Drop>> answers = new ConcurrentHashMap<>();

  private final Tallies tallies = new Tallies();
  private LedgerDatabase database;
  private Intake intake;
  private Events events;

  /**
   * The drop is somebody's until it is let go: in the change that gives it to whoever works on it,
   * or before.
   */
  public Drop taken(Drop drop) {
    return underWay.taken(drop);
  }

  /** Whether somebody works on the drop. */
  public boolean isInHand(Drop drop) {
    return underWay.inHand(drop.id()) != null;
  }

  /** The drop as it is by now, whatever a failure has left of it elsewhere. */
  public Drop newest(@ExchangeProperty("dropId") long id) {
    Drop drop = underWay.inHand(id);
    return drop == null ? read(handle -> rows.byId(handle, id)).orElseThrow() : drop;
  }

  /**
   * Runs a change that gives a drop to whoever works on it from then on.
   *
   * @param change returns the drop, or nothing where it is not to be worked on now
   */
  public Optional<Drop> claim(HandleCallback<Optional<Drop>, RuntimeException> change) {
    AtomicReference<Drop> claimed = new AtomicReference<>();
    try {
      return note(
          handle -> {
            // it may be run a second time
            letGo(claimed.getAndSet(null));
            Optional<Drop> drop = change.withHandle(handle);
            drop.map(this::taken).ifPresent(claimed::set);
            return drop;
          });
    } catch (RuntimeException e) {
      letGo(claimed.get());
      throw e;
    }
  }

  private void letGo(Drop drop) {
    if (drop != null) {
      letGo(drop.id());
    }
  }

  /** Nobody works on the drop any more; one whose answer is not on the disk stays in hand. */
  public void letGo(@ExchangeProperty("dropId") long id) {
    if (!answers.containsKey(id)) {
      underWay.letGo(id);
    }
  }

  /**
   * Takes the API's answer for a drop, for which nobody waits: whatever is begun after it is
   * written after it.
   *
   * @param recording writes it, and returns the drop as it is then
   */
  void answer(Drop drop, HandleCallback<Drop, RuntimeException> recording) {
    CompletableFuture<Drop> answer = new CompletableFuture<>();
    answers.put(drop.id(), answer);
    try {
      database
          .answer(recording, trouble -> closingIntake("written", trouble))
          .whenComplete((recorded, failure) -> answered(drop, answer, recorded, failure));
    } catch (JdbiException e) {
      // the ledger is closed: nobody is to wait for what was not taken
      answers.remove(drop.id());
      throw e;
    }
  }

  private void answered(
      Drop drop, CompletableFuture<Drop> answer, Drop recorded, Throwable failure) {
    if (failure == null) {
      answers.remove(drop.id());
      underWay.uploaded(drop.id());
      tallies.uploaded(recorded);
      answer.complete(recorded);
    } else {
      // it stays in hand: the next start asks the API for it
      LOG.error(
          "{} is uploaded, but that cannot be recorded; the API is asked for it at the next start",
          drop,
          failure);
      answer.completeExceptionally(failure);
    }
  }

  /** The drop as it is once its upload, if there was one, is on the disk. */
  public Drop recorded(Drop drop) {
    CompletableFuture<Drop> answer = answers.get(drop.id());
    if (answer != null) {
      return GroupCommit.result(answer);
    }
    boolean unplaced = drop.state() == DropState.UPLOADED && drop.archivePath() == null;
    return unplaced ? read(handle -> rows.byId(handle, drop.id())).orElseThrow() : drop;
  }

  Drop moved(Drop drop) {
    return underWay.moved(drop);
  }

  UnderWay underWay() {
    return underWay;
  }

  /**
   * Records an upload session, before the first byte is sent. Where one call is to send the whole
   * file, that call comes next and is recorded as well.
   */
  public Drop opened(Drop drop, UploadPlan plan) {
    DropState next = plan.whole() ? DropState.SENDING : DropState.OPENED;
    return moved(
        begin(
            handle -> {
              Sql.update(
                  handle,
                  "UPDATE work SET state = ?, media_upload_id = ?, plan = ?, expires_at = ?,"
                      + " content_type = ?, due_at = NULL, doubt_since = NULL, asked = 0"
                      + " WHERE id = ?",
                  next.name(),
                  plan.mediaUploadId(),
                  DropRows.toColumn(plan),
                  plan.expiresAt(),
                  drop.contentType(),
                  drop.id());
              return drop.with(plan).in(next);
            }));
  }

  /** Gives the upload session up: another one is opened by whoever goes on. */
  public Drop withoutSession(Drop drop) {
    return moved(
        write(
            handle -> {
              handle.execute("DELETE FROM parts WHERE drop_id = ?", drop.id());
              change(handle, drop, "state = :next, plan = NULL", DropState.CLAIMED).execute();
              return drop.with(null);
            }));
  }

  /** Records that a call which ends the upload is about to be made. */
  public Drop finalizing(@Body Drop drop) {
    DropState next = drop.plan().whole() ? DropState.SENDING : DropState.COMPLETING;
    if (drop.state() == next) {
      return drop;
    }
    return moved(
        begin(
            handle -> {
              change(handle, drop, "state = :next", next).execute();
              return drop.in(next);
            }));
  }

  /**
   * Records a part that the API has acknowledged, with the md5 of the bytes that were sent. It may
   * be sent again, should a power cut take this; what completes the upload takes it to the disk.
   */
  public void acknowledged(JsonNode answer, Drop drop, Part part, String md5) {
    note(
        handle ->
            Sql.update(
                handle,
                "INSERT INTO parts (drop_id, number, md5, etag) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (drop_id, number)"
                    + " DO UPDATE SET md5 = excluded.md5, etag = excluded.etag",
                drop.id(),
                part.number(),
                md5,
                answer.path("etag").asText(null)));
  }

  /** The md5 of every part that the API has acknowledged, by the part's number. */
  public Map<Integer, String> acknowledgedParts(Drop drop) {
    return read(
        handle -> {
          Map<Integer, String> parts = new HashMap<>();
          handle
              .createQuery("SELECT number, md5 FROM parts WHERE drop_id = ?")
              .bind(0, drop.id())
              .map((row, context) -> parts.put(row.getInt(1), row.getString(2)))
              .list();
          return parts;
        });
  }

  /**
   * Records that the drop is to be tried again later.
   *
   * @param attempt whether this was an attempt of the drop's own, and not one that others spoilt
   * @param counted how much of the wait counts towards giving up
   */
  public Drop waiting(Drop drop, Instant due, String reason, boolean attempt, Duration counted) {
    return moved(
        write(
            handle -> {
              change(
                      handle,
                      drop,
                      "state = :next, due_at = :due, reason = :reason, waited = waited + :counted,"
                          + " attempts = attempts - :uncounted",
                      DropState.WAITING)
                  .bind("due", due.toEpochMilli())
                  .bind("reason", reason)
                  .bind("counted", counted.toMillis())
                  .bind("uncounted", attempt ? 0 : 1)
                  .execute();
              return drop.in(DropState.WAITING);
            }));
  }

  /** How long the drop has waited for failures of its own. */
  public Duration waited(Drop drop) {
    return Duration.ofMillis(
        read(
            handle ->
                handle
                    .createQuery("SELECT waited FROM work WHERE id = ?")
                    .bind(0, drop.id())
                    .mapTo(Long.class)
                    .one()));
  }

  /** Records that the drop will not be uploaded, and why; its file is still to be put away. */
  public Drop failed(Drop drop, Reason reason, String requestId) {
    long now = System.currentTimeMillis();
    Drop failed =
        write(
            handle -> {
              change(
                      handle,
                      drop,
                      "state = :next, reason = :reason, request_id = :request, failed_at = :now",
                      DropState.FAILED)
                  .bind("reason", reason.toColumn())
                  .bind("request", requestId)
                  .bind("now", now)
                  .execute();
              RemoteRows.add(handle, drop.id());
              return drop.in(DropState.FAILED);
            });
    tallies.failed(failed);
    return moved(failed);
  }

  /** Records that nothing can be done for the drop any more, as its file is not there any more. */
  public Drop gone(Drop drop, String why) {
    return moved(write(handle -> gone(handle, drop, why)));
  }

  public static Drop gone(Handle handle, Drop drop, String why) {
    change(handle, drop, "state = :next, reason = :why", DropState.GONE).bind("why", why).execute();
    end(handle, "id = ?", drop.id());
    return drop.in(DropState.GONE);
  }

  /** Takes drops that have ended without an upload from among those under way. */
  private static int end(Handle handle, String which, Object... values) {
    Sql.update(
        handle,
        "INSERT INTO ended SELECT id, lane, connection, source, path, size, modified, state,"
            + " attempts, content_type, media_upload_id, doubt_since, reason, request_id,"
            + " failed_at, failed_path, sidecar, claimed_at FROM work WHERE "
            + which,
        values);
    return Sql.update(handle, "DELETE FROM work WHERE " + which, values);
  }

  /** Whether the drop is where it was when it was read. */
  public boolean isStill(Drop drop) {
    return read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM work WHERE id = ? AND state = ?",
                drop.id(),
                drop.state().name()));
  }

  /** Records where the file of a failed drop is about to be moved, below the refused files. */
  public void movingTo(Drop drop, String place) {
    write(
        handle ->
            Sql.update(handle, "UPDATE uploads SET failed_path = ? WHERE id = ?", place, drop.id())
                + Sql.update(
                    handle, "UPDATE work SET failed_path = ? WHERE id = ?", place, drop.id()));
  }

  /** Where the file of a failed drop was to be moved, if it was. */
  public Optional<String> movedTo(Drop drop) {
    return read(
        handle ->
            handle
                .createQuery(
                    "SELECT failed_path FROM drops WHERE id = ? AND failed_path IS NOT NULL")
                .bind(0, drop.id())
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Records that the file of a failed drop was put away, and what is to be told of it.
   *
   * @param place below the refused files; null if the file is gone
   */
  public void setAside(Drop drop, Reason reason, String place) {
    write(
        handle -> {
          if (setAside(handle, drop, "announced_at IS NULL")) {
            events.record(handle, failure(handle, drop, reason, place));
          } else if (!setAside(handle, drop, "announced_at IS NOT NULL")) {
            return 0;
          }
          // where it was announced, subscribers were told then
          return end(handle, "id = ?", drop.id());
        });
  }

  private static boolean setAside(Handle handle, Drop drop, String condition) {
    return Sql.update(
            handle,
            "UPDATE work SET state = 'FAILED_MOVED' WHERE id = ? AND state = 'FAILED' AND "
                + condition,
            drop.id())
        == 1;
  }

  /** The event that tells that a drop has failed. */
  static Event failure(Handle handle, Drop drop, Reason reason, String place) {
    return Sql.first(
            handle,
            row ->
                Event.ofDrop(
                    EventType.FILE_FAILED,
                    drop.id(),
                    row.getLong(2),
                    MediaEvents.notUploaded(drop, reason, row.getString(1), place)),
            "SELECT request_id, COALESCE(failed_at, claimed_at) FROM work WHERE id = ?",
            drop.id())
        .orElseThrow();
  }

  /**
   * Records that the file has gone; false if the drop is being worked on, or has come to its end.
   */
  public boolean missing(Drop drop, Instant now) {
    return write(
            handle ->
                isInHand(drop)
                    ? 0
                    : Sql.update(
                        handle,
                        "UPDATE work SET state = 'MISSING', due_at = ? WHERE id = ?"
                            + " AND state IN ('CLAIMED', 'OPENED', 'WAITING')",
                        now.toEpochMilli(),
                        drop.id()))
        == 1;
  }

  /** Gives up on files that have been gone since before this time. */
  public void goneSince(Instant time) {
    write(
        handle -> {
          Sql.update(
              handle,
              "UPDATE work SET state = 'GONE' WHERE state = 'MISSING' AND due_at < ?",
              time.toEpochMilli());
          return end(handle, "state = 'GONE'");
        });
  }

  /** All drops under way in a state, oldest first. */
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
        .createUpdate("UPDATE work SET " + assignments + " WHERE id = :id")
        .bind("id", drop.id())
        .bind("next", next.name());
  }

  /** Runs a query. A ledger that cannot be read closes the intake, like one that is not written. */
  public <T> T read(HandleCallback<T, RuntimeException> query) {
    try {
      return database.read(query);
    } catch (JdbiException e) {
      throw closingIntake("read", e);
    }
  }

  /**
   * Runs a change in a transaction, which is durable when this returns. A ledger that cannot be
   * written closes the intake: nothing may be uploaded unrecorded.
   */
  public <T> T write(HandleCallback<T, RuntimeException> change) {
    try {
      return database.write(change);
    } catch (JdbiException e) {
      throw closingIntake("written", e);
    }
  }

  /**
   * Takes what was recorded to the disk, whatever {@code mediadrop.ledger.sync} says: without it
   * nothing would tell after a power cut of what is about to be done.
   */
  public void sync() {
    try {
      database.sync();
    } catch (JdbiException e) {
      throw closingIntake("written", e);
    }
  }

  /** The same for what lets something be sent: not while an answer cannot be written. */
  <T> T begin(HandleCallback<T, RuntimeException> change) {
    try {
      return database.begin(change);
    } catch (JdbiException e) {
      throw closingIntake("written", e);
    }
  }

  /**
   * Runs a change that need not be on the disk before the next step: after a power cut the step
   * would only be taken again.
   */
  public <T> T note(HandleCallback<T, RuntimeException> change) {
    try {
      return database.note(change);
    } catch (JdbiException e) {
      throw closingIntake("written", e);
    }
  }

  /** A number that is another one after each change that anybody may have made. */
  public long changes() {
    return database.transactions();
  }

  /** What belongs to the ledger and lies beside it cannot be written, which is no better. */
  JdbiException unwritable(IOException e) {
    return closingIntake("written", new UnableToExecuteStatementException(e, null));
  }

  private <E extends RuntimeException> E closingIntake(String not, E e) {
    intake.close(Intake.Trouble.LEDGER, LedgerTrouble.said(not, e));
    return e;
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** Who is told of what it records. */
  public void setEndpoints(Events.Endpoints endpoints) {
    events = new Events(endpoints);
  }

  /** What became of files since the start. */
  public Tallies tallies() {
    return tallies;
  }

  /** What puts into the outbox what is to be told. */
  public Events events() {
    return events;
  }
}
