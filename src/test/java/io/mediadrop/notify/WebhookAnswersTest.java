package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a webhook may answer. */
class WebhookAnswersTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final WebhookEndpoint webhook = mediadrop.webhook();
  private final LogLines log = mediadrop.log();

  private void run(String uri) throws Exception {
    mediadrop
        .impatiently()
        .with("mediadrop.notify.uri", uri)
        .with("mediadrop.notify.timeout", "1s")
        .start();
  }

  private void upload(String name) throws Exception {
    mediadrop.put(name, 1_000, name.hashCode());
  }

  private void awaitMessages(int count) {
    Running.patiently().until(() -> webhook.messages().size() >= count);
  }

  /** Nothing can be waited for when nothing is to come: a few polls of the outbox must do. */
  private void staysAt(int count) {
    Awaitility.await()
        .during(Duration.ofMillis(800))
        .atMost(Duration.ofSeconds(20))
        .until(() -> webhook.messages().size() == count);
  }

  @Test
  void goneEndsItAcrossRestartsUntilTheNoteIsDeleted() throws Exception {
    webhook.answering(410);
    run(webhook.uri());
    upload("a.jpg");
    awaitMessages(1);
    upload("b.jpg");
    Running.patiently().until(() -> mediadrop.drops("FILED") == 2);
    staysAt(1);
    assertThat(log.warningsWith("410 Gone")).hasSize(1);
    assertThat(log.warningsWith("410 Gone").get(0))
        .contains("mediadrop.notify.uri", "MEDIADROP_NOTIFY_URI", "notify.default.gone")
        .doesNotContain(webhook.uri());

    mediadrop.stop();
    webhook.answering(204);
    run(webhook.uri());
    staysAt(1);

    Files.delete(mediadrop.home().resolve("data/notify.default.gone"));
    awaitMessages(3);
    mediadrop.awaitFiled(2);
    String refused = webhook.messages().get(0).id();
    assertThat(webhook.messages().subList(1, 3)).anyMatch(again -> again.id().equals(refused));
  }

  @Test
  void goneEndsWithAnotherAddress() throws Exception {
    webhook.answering(410);
    run(webhook.uri());
    upload("a.jpg");
    awaitMessages(1);
    Running.patiently().until(() -> !log.warningsWith("410 Gone").isEmpty());

    mediadrop.stop();
    webhook.answering(204);
    run(webhook.uri() + "/new");
    mediadrop.awaitFiled(1);

    assertThat(webhook.messages().get(1).path()).isEqualTo("/hook/new");
    assertThat(mediadrop.home().resolve("data/notify.default.gone")).doesNotExist();
  }

  @Test
  void aTimeToWaitIsWaitedForByAllMessages() throws Exception {
    webhook.answering(
        (number, exchange) -> {
          exchange.getResponseHeaders().set("retry-after", "3");
          exchange.sendResponseHeaders(number == 1 ? 429 : 204, -1);
        });
    run(webhook.uri());
    upload("a.jpg");
    awaitMessages(1);
    long asked = System.nanoTime();
    upload("b.jpg");
    awaitMessages(2);

    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(2_500));
    mediadrop.awaitFiled(2);
  }

  @Test
  void aRedirectIsNotFollowedAndTriedAgain() throws Exception {
    webhook.answering(
        (number, exchange) -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.getResponseHeaders().set("Set-Cookie", "a=b");
          exchange.sendResponseHeaders(number == 1 ? 307 : 204, -1);
        });
    run(webhook.uri());
    upload("a.jpg");
    mediadrop.awaitFiled(1);

    assertThat(webhook.messages()).extracting(WebhookEndpoint.Message::path).containsOnly("/hook");
    assertThat(webhook.messages()).hasSize(2);
    assertThat(webhook.messages().get(1).headers()).doesNotContainKey("Cookie");
  }

  @Test
  void aSlowOneIsBrokenOffAndTriedAgain() throws Exception {
    webhook.answering(
        (number, exchange) -> {
          exchange.sendResponseHeaders(200, 0);
          // a byte now and then keeps the connection alive, but not for ever
          for (int i = 0; number == 1 && i < 100; i++) {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          }
        });
    run(webhook.uri());
    upload("a.jpg");
    mediadrop.awaitFiled(1);

    assertThat(webhook.messages()).hasSize(2);
    assertThat(log.warningsWith("no answer within")).hasSize(1);
  }

  @Test
  void aHugeOneIsNotReadToItsEnd() throws Exception {
    webhook.answering(
        (number, exchange) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = new byte[1 << 20];
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(much);
          }
        });
    run(webhook.uri());
    upload("a.jpg");
    mediadrop.awaitFiled(1);

    assertThat(webhook.messages()).hasSize(1);
  }

  @Test
  void whatIsNeverTakenIsKeptReportedOnceAndTriedAtTheNextStart() throws Exception {
    webhook.answering(500);
    mediadrop
        .with("mediadrop.notify.uri", webhook.uri() + "?token=tok3n")
        .with("mediadrop.outbox.waits", "50ms, 50ms")
        .start();
    for (String name : List.of("a.jpg", "b.jpg", "c.jpg")) {
      upload(name);
    }
    Running.patiently().until(() -> mediadrop.dead() == 3);
    assertThat(webhook.messages()).hasSize(9);
    assertThat(log.warningsWith("has not taken")).hasSize(1);
    assertThat(log.warningsWith("has not taken").get(0))
        .contains("notify.default", "3 attempts", "status 500", "started the next time");
    assertThat(log.warnings()).noneMatch(line -> line.contains("tok3n"));

    mediadrop.stop();
    mediadrop.without("mediadrop.outbox.waits");
    webhook.answering(204);
    run(webhook.uri());
    mediadrop.awaitFiled(3);
    assertThat(webhook.messages().subList(9, 12))
        .extracting(WebhookEndpoint.Message::id)
        .containsExactlyInAnyOrderElementsOf(
            webhook.messages().subList(0, 9).stream()
                .map(WebhookEndpoint.Message::id)
                .distinct()
                .toList());
  }
}
