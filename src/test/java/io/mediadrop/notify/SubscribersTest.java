package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several subscribers beside each other. */
class SubscribersTest {

  private static final String SECRET = "whsec_b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void getEachEventOnceWithOneIdEachSignedWithItsOwnSecret() throws Exception {
    WebhookEndpoint one = mediadrop.closing(new WebhookEndpoint());
    WebhookEndpoint other = mediadrop.closing(new WebhookEndpoint());
    mediadrop
        .with("mediadrop.notify.uri", one.uri())
        .with("mediadrop.notify.audit-log.uri", other.uri())
        .with("mediadrop.notify.audit-log.secret", SECRET)
        .start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(one.messages()).hasSize(1);
    assertThat(other.messages()).hasSize(1);
    assertThat(other.messages().get(0).body()).isEqualTo(one.messages().get(0).body());
    assertThat(other.messages().get(0).headers()).containsKey("webhook-signature");
    assertThat(one.messages().get(0).headers())
        .containsKeys("webhook-id", "webhook-timestamp")
        .doesNotContainKey("webhook-signature");
  }

  @Test
  void areNotHeldUpByOneThatHangs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    WebhookEndpoint hanging = mediadrop.closing(new WebhookEndpoint());
    WebhookEndpoint well = mediadrop.closing(new WebhookEndpoint());
    mediadrop
        .with("mediadrop.notify.uri", hanging.uri())
        .with("mediadrop.notify.audit.uri", well.uri())
        .start();
    hanging.answering(
        (number, exchange) -> {
          await(end);
          exchange.sendResponseHeaders(204, -1);
        });
    for (int i = 0; i < 30; i++) {
      mediadrop.put(i + ".jpg", 1_000, i);
    }
    Running.patiently().until(() -> well.messages().size() == 30);

    assertThat(mediadrop.drops("FILED")).isEqualTo(30);
    assertThat(hanging.messages()).hasSizeLessThan(30);
    end.countDown();
    mediadrop.awaitFiled(30);
  }

  @Test
  void mayBeAFileThatGetsALineForEachEvent(@TempDir Path audit) throws Exception {
    String key = "mediadrop.notify.audit.uri";
    String line =
        Files.readAllLines(Path.of("docs/notifications.md")).stream()
            .filter(each -> each.startsWith(key))
            .findFirst()
            .orElseThrow();
    Properties documented = new Properties();
    documented.load(new StringReader(line));
    assertThat(line).contains("/srv/audit");
    String uri = documented.getProperty(key).replace("/srv/audit", audit.toString());
    mediadrop.with(key, uri).start();
    mediadrop.put("a.jpg", 1_000, 1);
    mediadrop.put("b.jpg", 1_000, 2);
    mediadrop.awaitFiled(2);

    mediadrop.stop();

    assertThat(Files.readAllLines(audit.resolve("events.jsonl")))
        .hasSize(2)
        .allMatch(event -> event.startsWith("{") && event.endsWith("}"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void keepWhatWasForThemWhenTheyAreTakenOutOfTheSettings() throws Exception {
    LogLines log = mediadrop.log();
    WebhookEndpoint webhook = mediadrop.closing(new WebhookEndpoint().answering(500));
    mediadrop.with("mediadrop.notify.audit.uri", webhook.uri()).start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> mediadrop.undelivered() == 1 && mediadrop.drops("FILED") == 1);

    mediadrop.stop();
    webhook.answering(204);
    mediadrop.without("mediadrop.notify.audit.uri").start();
    Running.patiently().until(() -> !log.warningsWith("not in the settings any more").isEmpty());
    assertThat(mediadrop.undelivered()).isEqualTo(1);

    mediadrop.stop();
    assertThat(log.warningsWith("not in the settings any more"))
        .hasSize(1)
        .allMatch(line -> line.contains("mediadrop.notify.audit.uri"));
    int before = webhook.messages().size();
    mediadrop.with("mediadrop.notify.audit.uri", webhook.uri()).start();
    Running.patiently().until(() -> mediadrop.undelivered() == 0);
    assertThat(webhook.messages()).hasSizeGreaterThan(before);
  }
}
