package io.mediadrop.ledger;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A row of the outbox: something that one endpoint is still to be told.
 *
 * @param seq tells which came first
 * @param id the event's id, the same on every attempt and for every endpoint
 * @param type the event's type
 * @param subject the drop that it concerns, by its id; a lane's number below zero, or 0 for all
 * @param at when it happened, milliseconds since the epoch
 * @param attempts how often it was tried already
 * @param dueAt when it is to be tried again, milliseconds since the epoch; 0 if it was not tried
 * @param data what is told, as JSON; null for what is archived
 */
public record Untold(
    long seq,
    String id,
    EventType type,
    long subject,
    long at,
    int attempts,
    long dueAt,
    String data) {

  /** The endpoint has taken it. */
  public void taken(Handle handle) {
    Sql.update(handle, "DELETE FROM outbox WHERE seq = ?", seq);
  }

  /**
   * The endpoint has not taken it.
   *
   * @param deadAt when it was tried for the last time, milliseconds since the epoch; null if it is
   *     tried again
   */
  public void refused(Handle handle, String why, Instant next, Long deadAt) {
    Sql.update(
        handle,
        "UPDATE outbox SET attempts = ?, error = ?, due_at = ?, dead_at = ? WHERE seq = ?",
        attempts + 1,
        why,
        next.toEpochMilli(),
        deadAt,
        seq);
  }
}
