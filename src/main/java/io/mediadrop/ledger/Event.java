package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.base.Ids;

/**
 * Something that has happened and that subscribers are told.
 *
 * @param type what kind of thing
 * @param subject whom it concerns: a drop by its id, a lane by its number below zero, or all (0);
 *     an endpoint gets the events of one subject in their order
 * @param at when it happened, milliseconds since the epoch
 * @param uid its id; null where that follows from the drop and the type
 * @param data what is told; what is for the archive endpoint is in the ledger anyway
 */
public record Event(EventType type, long subject, long at, String uid, ObjectNode data) {

  /** An event of a drop, which happens to it once. */
  public static Event ofDrop(EventType type, long dropId, long at, ObjectNode data) {
    return new Event(type, dropId, at, null, data);
  }

  /** An event of a lane. */
  static Event ofLane(EventType type, int number, long at, ObjectNode data) {
    return new Event(type, -number, at, newId(), data);
  }

  /** An event that concerns neither a drop nor a lane. */
  public static Event of(EventType type, long at, ObjectNode data) {
    return new Event(type, 0, at, newId(), data);
  }

  private static String newId() {
    return "evt_" + Ids.next().toString().replace("-", "");
  }
}
