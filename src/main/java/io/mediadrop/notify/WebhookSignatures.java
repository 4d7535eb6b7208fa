package io.mediadrop.notify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;

/** Signs messages by the Standard Webhooks specification. */
class WebhookSignatures {

  private final Clock clock;

  /** Takes its times from the machine's clock. */
  WebhookSignatures() {
    this(Clock.systemUTC());
  }

  WebhookSignatures(Clock clock) {
    this.clock = clock;
  }

  /** The time of this attempt, in seconds since the epoch. */
  String time() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  /** The signatures of a message with each of the subscriber's secrets, separated by spaces. */
  String of(Subscriber subscriber, String id, String time, byte[] body) {
    byte[] head = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream signed = new ByteArrayOutputStream(head.length + body.length);
    signed.writeBytes(head);
    signed.writeBytes(body);
    return subscriber.secrets().stream()
        .map(secret -> secret.sign(signed.toByteArray()))
        .collect(Collectors.joining(" "));
  }
}
