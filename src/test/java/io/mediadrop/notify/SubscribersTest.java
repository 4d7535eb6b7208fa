package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several subscribers beside each other. */
class SubscribersTest {

  private static final String SECRET = "whsec_b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";

  @TempDir Path home;

  @Test
  void getEachEventOnceWithOneIdEachSignedWithItsOwnSecret() throws Exception {
    try (WebhookEndpoint one = new WebhookEndpoint();
        WebhookEndpoint other = new WebhookEndpoint();
        Sandbox sandbox = Sandbox.start();
        Running running =
            Running.on(home)
                .with("mediadrop.notify.uri", one.uri())
                .with("mediadrop.notify.audit-log.uri", other.uri())
                .with("mediadrop.notify.audit-log.secret", SECRET)
                .start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
      running.awaitFiled(1);

      assertThat(one.messages()).hasSize(1);
      assertThat(other.messages()).hasSize(1);
      assertThat(other.messages().get(0).body()).isEqualTo(one.messages().get(0).body());
      assertThat(other.messages().get(0).headers()).containsKey("webhook-signature");
      assertThat(one.messages().get(0).headers())
          .containsKeys("webhook-id", "webhook-timestamp")
          .doesNotContainKey("webhook-signature");
    }
  }

  @Test
  void areNotHeldUpByOneThatHangs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (WebhookEndpoint hanging = new WebhookEndpoint();
        WebhookEndpoint well = new WebhookEndpoint();
        Sandbox sandbox = Sandbox.start();
        Running running =
            Running.on(home)
                .with("mediadrop.notify.uri", hanging.uri())
                .with("mediadrop.notify.audit.uri", well.uri())
                .start(sandbox)) {
      hanging.answering(
          (number, exchange) -> {
            await(end);
            exchange.sendResponseHeaders(204, -1);
          });
      for (int i = 0; i < 30; i++) {
        MediaFiles.write(running.drop().resolve(i + ".jpg"), 1_000, i);
      }
      Running.patiently().until(() -> well.messages().size() == 30);

      assertThat(running.drops("FILED")).isEqualTo(30);
      assertThat(hanging.messages()).hasSizeLessThan(30);
      end.countDown();
      running.awaitFiled(30);
    }
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
    try (Sandbox sandbox = Sandbox.start();
        Running running = Running.on(home).with(key, uri).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000, 1);
      MediaFiles.write(running.drop().resolve("b.jpg"), 1_000, 2);
      running.awaitFiled(2);
    }

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
    try (LogLines log = new LogLines();
        WebhookEndpoint webhook = new WebhookEndpoint().answering(500);
        Sandbox sandbox = Sandbox.start()) {
      try (Running running =
          Running.on(home).with("mediadrop.notify.audit.uri", webhook.uri()).start(sandbox)) {
        MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
        Running.patiently().until(() -> running.undelivered() == 1 && running.drops("FILED") == 1);
      }
      webhook.answering(204);
      try (Running running = Running.on(home).start(sandbox)) {
        Running.patiently()
            .until(() -> !log.warningsWith("not in the settings any more").isEmpty());
        assertThat(running.undelivered()).isEqualTo(1);
      }
      assertThat(log.warningsWith("not in the settings any more"))
          .hasSize(1)
          .allMatch(line -> line.contains("mediadrop.notify.audit.uri"));
      int before = webhook.messages().size();
      try (Running running =
          Running.on(home).with("mediadrop.notify.audit.uri", webhook.uri()).start(sandbox)) {
        Running.patiently().until(() -> running.undelivered() == 0);
      }
      assertThat(webhook.messages()).hasSizeGreaterThan(before);
    }
  }
}
