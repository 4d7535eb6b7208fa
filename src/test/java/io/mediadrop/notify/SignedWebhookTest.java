package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.kit.Mediadrop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook whose receiver checks signatures by the specification. */
class SignedWebhookTest {

  private static final String OLD = "whsec_b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";
  private static final String NEW = "whsec_bmV3IHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";
  private static final String OTHER = "whsec_b3RoZXIgc2VjcmV0IG9mIGF0IGxlYXN0IDI0IGJ5dGVz";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  /** What an endpoint got that answers so for somewhat more than a second. */
  private List<WebhookEndpoint.Message> sent(String secret, int firstAnswer) throws Exception {
    AtomicLong begun = new AtomicLong();
    WebhookEndpoint webhook =
        mediadrop.closing(
            new WebhookEndpoint()
                .answering(
                    (number, exchange) -> {
                      long now = System.nanoTime();
                      begun.compareAndSet(0, now);
                      boolean later = now - begun.get() > Duration.ofMillis(1100).toNanos();
                      exchange.sendResponseHeaders(later ? 204 : firstAnswer, -1);
                    }));
    mediadrop
        .with("mediadrop.notify.uri", webhook.uri())
        .with("mediadrop.notify.secret", secret)
        .with("mediadrop.outbox.waits", "1100ms")
        .start();
    mediadrop.put("a b é.jpg", 1_000);
    mediadrop.put("c.mp4", 20_000);
    mediadrop.awaitFiled(2);
    return webhook.messages();
  }

  @Test
  void isAcceptedOnEveryAttempt() throws Exception {
    List<WebhookEndpoint.Message> messages = sent(OLD, 500);

    assertThat(messages).hasSizeGreaterThanOrEqualTo(3);
    assertThat(messages)
        .allSatisfy(
            message -> {
              assertThat(StandardWebhook.accepts(OLD, message.headers(), message.body(), now()))
                  .isTrue();
              assertThat(message.headers().get("webhook-id")).isEqualTo(message.id());
            });
    List<WebhookEndpoint.Message> attempts =
        messages.stream().filter(each -> each.id().equals(messages.get(0).id())).toList();
    WebhookEndpoint.Message last = attempts.get(attempts.size() - 1);
    assertThat(last.body()).isEqualTo(attempts.get(0).body());
    assertThat(last.headers().get("webhook-timestamp"))
        .isNotEqualTo(attempts.get(0).headers().get("webhook-timestamp"));
  }

  @Test
  void isRejectedWhenAnythingIsChanged() throws Exception {
    WebhookEndpoint.Message message = sent(OLD, 204).get(0);
    Map<String, String> headers = message.headers();

    for (int at = 0; at < message.body().length; at++) {
      byte[] changed = message.body().clone();
      changed[at] ^= 1;
      assertThat(StandardWebhook.accepts(OLD, headers, changed, now())).isFalse();
    }
    assertThat(StandardWebhook.accepts(OTHER, headers, message.body(), now())).isFalse();
    assertThat(StandardWebhook.accepts(OLD, headers, message.body(), now().plusSeconds(400)))
        .isFalse();
    headers.put("webhook-timestamp", Long.toString(now().getEpochSecond() + 60));
    assertThat(StandardWebhook.accepts(OLD, headers, message.body(), now())).isFalse();
  }

  @Test
  void isAcceptedWithTheOldAndTheNewSecretWhileThatIsBeingReplaced() throws Exception {
    assertThat(sent(NEW + " " + OLD, 204))
        .allSatisfy(
            message -> {
              for (String secret : List.of(OLD, NEW)) {
                assertThat(
                        StandardWebhook.accepts(secret, message.headers(), message.body(), now()))
                    .isTrue();
              }
              assertThat(StandardWebhook.accepts(OTHER, message.headers(), message.body(), now()))
                  .isFalse();
            });
  }

  @Test
  void bearsTheSignatureOfTheSpecification() {
    Subscriber subscriber =
        new Subscriber(
            "a", "http://localhost", WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    assertThat(
            new WebhookSignatures()
                .of(
                    subscriber,
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    "1614265330",
                    "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "whsec_c2hvcnQ=", "whsec_*", "whsec_b2xkIHNlY3JldCBv whsec_"})
  void isNotSignedWithASecretThatIsNone(String secret) {
    assertThatThrownBy(() -> WebhookSecret.parse(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("b2xk")
        .hasNoCause();
  }

  private static Instant now() {
    return Instant.now();
  }
}
