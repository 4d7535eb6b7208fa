package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.base.Ids;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Puts events into the outbox, in the transaction that records what they tell of: after a crash
 * either both are known or neither.
 */
public class Events {

  /** The archive endpoint's name in the outbox. */
  public static final String ARCHIVE = "archive";

  /** The name in the outbox of what fetches the files behind an answer for the archive endpoint. */
  public static final String ASSETS = "assets";

  /** Knows who is told. */
  public interface Endpoints {

    /** The names in the outbox of the endpoints that get events of this type. */
    List<String> toldOf(EventType type);
  }

  private final Endpoints endpoints;

  /** What is told to these. */
  public Events(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Puts an event into the outbox of every endpoint that is to get it; due at once if complete. */
  public void record(Handle handle, Event event) {
    String id = newId();
    for (String endpoint : endpoints.toldOf(event.type())) {
      insert(handle, id, endpoint, event);
    }
  }

  /** Puts an event into the outbox of the archive endpoint, which otherwise does not get it. */
  public void recordForArchive(Handle handle, Event event) {
    if (endpoints.toldOf(EventType.MEDIA_READY).contains(ARCHIVE)) {
      insert(handle, newId(), ARCHIVE, event);
    }
  }

  private static String newId() {
    return "evt_" + Ids.next().toString().replace("-", "");
  }

  private static void insert(Handle handle, String id, String endpoint, Event event) {
    Sql.update(
        handle,
        "INSERT INTO outbox"
            + " (id, endpoint, type, subject, number, drop_id, happened_at, data, due_at)"
            + " VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM outbox"
            + "   WHERE subject = ? AND endpoint = ? AND delivered_at IS NULL AND dead_at IS NULL),"
            + " ?, ?, ?, ?)",
        id,
        endpoint,
        event.type().word(),
        event.subject(),
        event.subject(),
        endpoint,
        event.dropId(),
        event.at(),
        event.data() == null ? null : event.data().toString(),
        event.data() == null ? null : event.at());
  }

  /** Lets an event of a drop be told from this time on, with everything there is to tell. */
  public void due(Handle handle, long dropId, EventType type, ObjectNode data, long time) {
    Sql.update(
        handle,
        "UPDATE outbox SET due_at = ?, data = CASE WHEN endpoint IN ('archive', 'assets')"
            + " THEN NULL ELSE ? END WHERE drop_id = ? AND type = ? AND due_at IS NULL",
        time,
        data.toString(),
        dropId,
        type.word());
  }

  /** The same for subscribers alone; what the archive endpoint gets waits for the file itself. */
  public void dueForSubscribers(
      Handle handle, long dropId, EventType type, ObjectNode data, long time) {
    Sql.update(
        handle,
        "UPDATE outbox SET due_at = ?, data = ? WHERE drop_id = ? AND type = ?"
            + " AND due_at IS NULL AND endpoint NOT IN ('archive', 'assets')",
        time,
        data.toString(),
        dropId,
        type.word());
  }
}
