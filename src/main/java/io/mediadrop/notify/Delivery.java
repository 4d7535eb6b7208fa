package io.mediadrop.notify;

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
 * @param subscriber who is told; null for what is archived
 */
public record Delivery(
    String id,
    String endpoint,
    String type,
    Long dropId,
    long happenedAt,
    int attempts,
    String data,
    long dueAt,
    boolean isEarly,
    Subscriber subscriber) {

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
}
