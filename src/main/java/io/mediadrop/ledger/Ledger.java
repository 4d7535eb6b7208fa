package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.FileRange;
import io.mediadrop.api.Part;
import io.mediadrop.api.UploadPlan;
import io.mediadrop.source.Intake;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/**
 * Remembers how far every drop has come. Each step is on the disk before the next one is taken, so
 * that after a crash the ledger says what is done, what is not, and what has to be asked.
 */
public class Ledger {

  private final DropRows rows = new DropRows();
  private LedgerDatabase database;
  private Intake intake;

  /** Records an upload session, before the first byte is sent. */
  public Drop opened(
      @Variable("drop") Drop drop,
      @Variable("plan") UploadPlan plan,
      @Variable("contentType") String contentType) {
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
  public Drop finalizing(@Variable("drop") Drop drop) {
    DropState next = drop.plan().whole() ? DropState.SENDING : DropState.COMPLETING;
    return write(
        handle -> {
          change(handle, drop, "state = :next", next).execute();
          return drop.in(next);
        });
  }

  /** Records a part that the API has acknowledged, with the md5 of the bytes that were sent. */
  public void acknowledged(
      @Body JsonNode answer,
      @Variable("drop") Drop drop,
      @Variable("part") Part part,
      @Variable("content") FileRange content) {
    write(
        handle ->
            handle.execute(
                "INSERT INTO parts (drop_id, number, md5, etag) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (drop_id, number)"
                    + " DO UPDATE SET md5 = excluded.md5, etag = excluded.etag",
                drop.id(),
                part.number(),
                content.md5(),
                answer.path("etag").asText(null)));
  }

  /** The md5 of every acknowledged part, by its number less one; null for one still to be sent. */
  public String[] acknowledgedParts(Drop drop) {
    String[] digests = new String[drop.plan().size()];
    read(handle ->
            handle
                .createQuery("SELECT number, md5 FROM parts WHERE drop_id = ?")
                .bind(0, drop.id())
                .map((row, context) -> new Acknowledged(row.getInt(1), row.getString(2)))
                .list())
        .forEach(part -> digests[part.number() - 1] = part.md5());
    return digests;
  }

  private record Acknowledged(int number, String md5) {}

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
    try {
      return database.jdbi().inTransaction(change);
    } catch (JdbiException e) {
      intake.close("the ledger cannot be written: " + e.getMessage());
      throw e;
    }
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}
