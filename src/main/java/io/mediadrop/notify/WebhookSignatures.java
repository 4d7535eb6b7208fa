package io.mediadrop.notify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Signs messages by the Standard Webhooks specification. */
public class WebhookSignatures {

  private final Clock clock;

  /** Takes its times from the machine's clock. */
  public WebhookSignatures() {
    this(Clock.systemUTC());
  }

  WebhookSignatures(Clock clock) {
    this.clock = clock;
  }

  /** The time of this attempt, in seconds since the epoch. */
  public String time() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  /** The signatures of a message with each of the subscriber's secrets, separated by spaces. */
  public String of(
      @Variable("subscriber") Subscriber subscriber,
      @Header("webhook-id") String id,
      @Header("webhook-timestamp") String time,
      @Body byte[] body) {
    byte[] head = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream signed = new ByteArrayOutputStream(head.length + body.length);
    signed.writeBytes(head);
    signed.writeBytes(body);
    return subscriber.secrets().stream()
        .map(secret -> secret.sign(signed.toByteArray()))
        .collect(Collectors.joining(" "));
  }
}
