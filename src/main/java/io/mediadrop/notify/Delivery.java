package io.mediadrop.notify;

import io.mediadrop.ledger.Events;

/**
 * Something that one endpoint is still to be told.
 *
 * @param id the event's id, the same on every attempt and for every endpoint
 * @param endpoint the endpoint's name in the outbox
 * @param type the event's type
 * @param dropId the drop that it concerns, or null
 * @param happenedAt milliseconds since the epoch
 * @param attempts how often it was tried already
 * @param data what is told, as JSON; null for what is archived
 * @param dueAt when it is to be tried, in milliseconds since the epoch
 * @param isEarly whether it is not due, and tried only to see whether the endpoint takes anything
 */
public record Delivery(
    String id,
    String endpoint,
    String type,
    String dropId,
    long happenedAt,
    int attempts,
    String data,
    long dueAt,
    boolean isEarly) {

  /** Whether somebody is told by it, rather than something archived. */
  boolean isForSubscriber() {
    return !endpoint.equals(Events.ARCHIVE) && !endpoint.equals(Events.ASSETS);
  }
}
