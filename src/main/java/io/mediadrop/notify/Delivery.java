package io.mediadrop.notify;

import io.mediadrop.ledger.Untold;

/**
 * Something that one endpoint is told now.
 *
 * @param untold its row in the outbox
 * @param endpoint the endpoint's name in the outbox
 * @param isEarly whether it is not due, and tried only to see whether the endpoint takes anything
 * @param subscriber who is told; null for what is archived
 */
public record Delivery(Untold untold, String endpoint, boolean isEarly, Subscriber subscriber) {

  /** The event's id, the same on every attempt and for every endpoint. */
  public String id() {
    return untold.id();
  }

  /** The drop that it concerns, where it concerns one. */
  public long dropId() {
    return untold.subject();
  }

  /** Whether somebody is told by it, rather than something archived. */
  boolean isForSubscriber() {
    return subscriber != null;
  }

  /** Where the subscriber is: a Camel endpoint, or the address of a webhook as it was written. */
  public String uri() {
    return subscriber.uri();
  }

  /** Whether the subscriber is a webhook. */
  public boolean isToWebhook() {
    return subscriber.isHttp();
  }

  /** Whether the subscriber can tell that a message is from here. */
  public boolean isSigned() {
    return subscriber.isSigned();
  }

  /** Which message it is, for people. */
  @Override
  public String toString() {
    return id() + " (" + untold.type().word() + ")";
  }
}
