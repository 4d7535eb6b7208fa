package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that has happened and that subscribers are told.
 *
 * @param type what kind of thing
 * @param subject whom it concerns; an endpoint gets the events of one subject in their order
 * @param dropId the drop that it concerns, with which it is forgotten; null if it concerns none
 * @param at when it happened, milliseconds since the epoch
 * @param data what is told; null if that is known only when it is made due
 */
public record Event(EventType type, String subject, Long dropId, long at, ObjectNode data) {

  /** An event of a drop, which is told once it is made due with what there is to tell. */
  public static Event ofDrop(EventType type, long dropId, long at) {
    return new Event(type, Long.toString(dropId), dropId, at, null);
  }

  /** An event of a filed drop, which is told at once. */
  public static Event ofDropNow(EventType type, long dropId, long at, ObjectNode data) {
    return new Event(type, Long.toString(dropId), dropId, at, data);
  }

  /** An event that concerns no drop, which is told at once. */
  public static Event of(EventType type, String subject, long at, ObjectNode data) {
    return new Event(type, subject, null, at, data);
  }
}
