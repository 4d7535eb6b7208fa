package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Puts events into the outbox, a row for each endpoint, in the transaction that knows all that they
 * tell: after a crash either both are known or neither.
 */
public class Events {

  /** The archive endpoint's name in the outbox. */
  public static final String ARCHIVE = "archive";

  /** The name in the outbox of what fetches the files behind an answer for the archive endpoint. */
  public static final String ASSETS = "assets";

  private static final String INSERT =
      "INSERT INTO outbox (seq, endpoint, type, subject, at, uid, data)"
          + " SELECT ?, n, ?, ?, ?, ?, ? FROM endpoints WHERE name = ?";

  /** Knows who is told. */
  public interface Endpoints {

    /** The names in the outbox of those who are told of every event. */
    List<String> subscribers();

    /** Whether the archive endpoint gets what there is for it from the outbox. */
    boolean isArchiveServed();

    /** Whether the files behind an answer are fetched. */
    boolean isFetchingAssets();
  }

  private final Endpoints endpoints;

  /** The last row's, which no other has while this runs; of the thread that commits. */
  private long seq = -1;

  /** What is told to these. */
  public Events(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Has an event told to every endpoint that is to get it. */
  public void record(Handle handle, Event event) {
    recordForSubscribers(handle, event);
    if (event.type().isForArchive()) {
      recordForArchive(handle, event);
    }
  }

  /** The same for subscribers alone. */
  public void recordForSubscribers(Handle handle, Event event) {
    endpoints.subscribers().forEach(name -> insert(handle, name, event, event.data().toString()));
  }

  /** The same for the archive endpoint alone, also where it does not get events of this type. */
  public void recordForArchive(Handle handle, Event event) {
    if (endpoints.isArchiveServed()) {
      insert(handle, ARCHIVE, event, null);
    }
    if (event.type().bringsAssets() && endpoints.isFetchingAssets()) {
      insert(handle, ASSETS, event, null);
    }
  }

  /** Has an event of a lane told. */
  public void recordOfLane(Handle handle, EventType type, String lane, long at, ObjectNode data) {
    record(handle, Event.ofLane(type, Numbers.LANES.of(handle, lane), at, data));
  }

  private void insert(Handle handle, String endpoint, Event event, String data) {
    if (insertOnce(handle, endpoint, event, data) == 0) {
      Numbers.ENDPOINTS.of(handle, endpoint);
      insertOnce(handle, endpoint, event, data);
    }
  }

  private int insertOnce(Handle handle, String endpoint, Event event, String data) {
    return Sql.update(
        handle,
        INSERT,
        next(handle),
        event.type().number(),
        event.subject(),
        event.at(),
        event.uid(),
        data,
        endpoint);
  }

  /** A row's number tells which came first, also where others have gone from the table's end. */
  private long next(Handle handle) {
    if (seq < 0) {
      seq =
          Sql.first(handle, row -> row.getLong(1), "SELECT COALESCE(MAX(seq), 0) FROM outbox")
              .orElseThrow();
    }
    return ++seq;
  }
}
