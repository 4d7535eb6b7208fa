package io.mediadrop.notify;

import io.mediadrop.net.WebAddress;
import java.util.List;

/**
 * Somebody who is told of events.
 *
 * @param name as in the settings
 * @param uri the Camel endpoint, or the address of a webhook as it was written
 * @param secrets what the messages are signed with, all at once; none for unsigned messages
 */
public record Subscriber(String name, String uri, List<WebhookSecret> secrets) {

  /** The name of the subscriber whose settings bear none. */
  public static final String DEFAULT = "default";

  /** The subscriber's name in the outbox. */
  public String endpoint() {
    return "notify." + name;
  }

  /** The setting that says where the subscriber is. */
  String key() {
    return Subscribers.keyOf(name, "uri");
  }

  /** Whether the subscriber is a webhook. */
  public boolean isHttp() {
    return WebAddress.isOne(uri);
  }

  /** Whether the subscriber can tell that a message is from here. */
  public boolean isSigned() {
    return isHttp() && !secrets.isEmpty();
  }

  /** The name alone: the address may hold a token. */
  @Override
  public String toString() {
    return name;
  }
}
