package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.net.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webhook that is away for a while, and then takes messages again. */
class WebhookOutageTest {

  private static final String HOURS = "1h, 2h, 3h";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final WebhookEndpoint webhook = mediadrop.webhook();
  private final LogLines log = mediadrop.log();

  private void run(String waits) throws Exception {
    run(waits, webhook.uri());
  }

  private void run(String waits, String uri) throws Exception {
    mediadrop
        .impatiently()
        .with("mediadrop.outbox.waits", waits)
        .with("mediadrop.notify.uri", uri)
        .start();
  }

  private void upload(int from, int to) throws Exception {
    for (int number = from; number <= to; number++) {
      mediadrop.put(number + ".jpg", 1_000, number);
    }
    Running.patiently().until(() -> mediadrop.drops("FILED") == to);
  }

  private void awaitTaken(Duration within) {
    Awaitility.await().atMost(within).until(() -> mediadrop.undelivered() == 0);
  }

  private List<String> told(String text) {
    return log.all().stream()
        .filter(line -> line.startsWith("notify.default") && line.contains(text))
        .toList();
  }

  @Test
  void ofSixteenSecondsIsOverSoonAfterItsEndAndIsToldWithItsEnd() throws Exception {
    webhook.answering(503);
    run("5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h");
    upload(1, 1);
    Running.patiently().until(() -> !webhook.messages().isEmpty());
    LockSupport.parkNanos(Duration.ofSeconds(16).toNanos());
    webhook.answering(204);

    awaitTaken(Duration.ofSeconds(20));

    assertThat(told("did not take"))
        .singleElement()
        .asString()
        .contains("next attempt in 5 s, 1 message is waiting: it answered with status 503");
    assertThat(told("takes messages again")).hasSize(1);
  }

  @Test
  void isOverForAllMessagesOnceOneIsTaken() throws Exception {
    webhook.answering(503);
    run(HOURS);
    upload(1, 20);
    awaitLeftAlone();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    webhook.answering(
        (number, exchange) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          now.decrementAndGet();
          exchange.sendResponseHeaders(204, -1);
        });

    awaitTaken(Duration.ofSeconds(30));

    assertThat(most).hasValueLessThanOrEqualTo(8);
    assertThat(told("takes messages again")).hasSize(1);
  }

  /** Those that were under way when the first was refused have been refused as well. */
  private void awaitLeftAlone() {
    AtomicInteger before = new AtomicInteger();
    Running.patiently()
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              int messages = webhook.messages().size();
              return messages >= 2 && before.getAndSet(messages) == messages;
            });
  }

  @Test
  void isOverForAllMessagesAfterARestart() throws Exception {
    webhook.answering(503);
    run(HOURS);
    upload(1, 5);
    Running.patiently().until(() -> webhook.messages().size() >= 2);
    mediadrop.stop();
    webhook.answering(204);
    run(HOURS);

    awaitTaken(Duration.ofSeconds(20));

    assertThat(told("has not taken")).hasSize(1);
    assertThat(told("takes messages again")).hasSize(1);
  }

  @Test
  void usesUpNoAttemptsByLookingWhetherItIsOver() throws Exception {
    webhook.answering(503);
    run("100ms, 1h");
    upload(1, 1);
    // two attempts of its own, and two that look
    Running.patiently().until(() -> webhook.messages().size() >= 4);

    assertThat(mediadrop.dead()).isZero();
    webhook.answering(204);
    awaitTaken(Duration.ofSeconds(30));
  }

  @Test
  void isNotAskedBeforeTheTimeThatItNames() throws Exception {
    AtomicInteger early = new AtomicInteger();
    long end = System.nanoTime() + Duration.ofSeconds(9).toNanos();
    AtomicLong refused = new AtomicLong();
    webhook.answering(
        (number, exchange) -> {
          long now = System.nanoTime();
          long left = end - now;
          refused.compareAndSet(0, now);
          // what was on its way when it was refused first could not know
          if (left > 0 && now - refused.get() > Duration.ofSeconds(2).toNanos()) {
            early.incrementAndGet();
          }
          exchange.getResponseHeaders().set("retry-after", "9");
          exchange.sendResponseHeaders(left > 0 ? 429 : 204, -1);
        });
    run(HOURS);
    upload(1, 3);

    awaitTaken(Duration.ofSeconds(40));

    assertThat(early).hasValue(0);
  }

  @Test
  void isNoneWhereAServerOrProxyClosesItsConnections() throws Exception {
    try (RawServer closing = new RawServer().hangingUp()) {
      run(HOURS, "http://127.0.0.1:" + closing.port() + "/hook");
      for (int files = 1; files <= 8; files++) {
        upload(files, files);
      }

      awaitTaken(Duration.ofSeconds(20));

      assertThat(closing.requests()).hasSize(8);
      assertThat(told("")).isEmpty();
    }
  }

  @Test
  void thatTakesEverySecondMessageDoesNotFillTheLog() throws Exception {
    webhook.answering(
        (number, exchange) -> exchange.sendResponseHeaders(number % 2 == 0 ? 204 : 503, -1));
    run("300ms, 300ms, 300ms, 300ms, 300ms, 300ms, 300ms, 300ms, 300ms, 300ms");
    upload(1, 8);

    awaitTaken(Duration.ofSeconds(60));

    assertThat(told("did not take")).hasSizeBetween(1, 4);
    assertThat(told("takes messages again")).hasSizeBetween(1, 4);
    assertThat(told("more of this is told in an hour")).hasSizeLessThan(2);
  }

  @Test
  void isNotTakenForOneWhereOnlySomeMessagesAreNeverTaken() throws Exception {
    Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    Set<String> never = ConcurrentHashMap.newKeySet();
    webhook.answering((number, exchange) -> refuseFirstTwo(exchange, number, tries, never));
    run(HOURS);
    upload(1, 12);

    Running.patiently().until(() -> mediadrop.undelivered() == 2);

    Map<String, Integer> counts = new HashMap<>();
    never.forEach(id -> counts.put(id, tries.get(id).get()));
    assertThat(counts.values()).allMatch(count -> count <= 5);
  }

  private void refuseFirstTwo(
      HttpExchange exchange, int number, Map<String, AtomicInteger> tries, Set<String> never)
      throws IOException {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    tries.computeIfAbsent(id, i -> new AtomicInteger()).incrementAndGet();
    if (never.size() < 2) {
      never.add(id);
    }
    exchange.sendResponseHeaders(never.contains(id) ? 422 : 204, -1);
  }
}
