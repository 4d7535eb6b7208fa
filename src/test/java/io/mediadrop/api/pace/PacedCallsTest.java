package io.mediadrop.api.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client and an API with a clock of their own between them, in which seconds take no time. */
class PacedCallsTest {

  private static final double PER_SECOND = 10;
  private static final int BURST = 90;
  private static final int CALLS = 800;
  private static final int WORKERS = 4;
  private static final double NANOS = Duration.ofSeconds(1).toNanos();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  /** What happens when: a call reaches the API, or its answer the client. */
  private record Event(long at, Bucket.Sent call, RateHeaders answer) {}

  private final Random random = new Random(7);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((one, other) -> Long.compare(one.at(), other.at()));
  private double apiLevel;
  private long apiFilledAt;
  private int refused;

  @ParameterizedTest
  @CsvSource({
    // headers, left at the API, believed to be left
    "true, 90, 90",
    "false, 90, 90",
    "true, 0, 90",
    "false, 0, 90",
    "true, 90, 0",
    "true, 40, 3"
  })
  void makesEveryCallThatTheApiGrantsAndHardlyAnyMore(
      boolean headers, double left, double believed) {
    Bucket bucket = new Bucket(new Allowance(PER_SECOND * 60, BURST), Math.min(believed, BURST), 0);
    apiLevel = left;
    long now = 0;
    int granted = 0;
    int workers = WORKERS;
    while (granted < CALLS) {
      while (workers > 0 && bucket.until(1, now) == 0) {
        workers--;
        bucket.draw(1);
        events.add(new Event(now + latency(), bucket.sent(now), null));
      }
      long wake = workers > 0 ? now + bucket.until(1, now) : Long.MAX_VALUE;
      if (events.isEmpty() || wake <= events.peek().at()) {
        now = Math.max(now + 1, wake);
        continue;
      }
      Event event = events.remove();
      now = event.at();
      if (event.answer() == null) {
        events.add(new Event(now + latency(), event.call(), api(headers, now)));
      } else {
        workers++;
        granted += event.answer().refused() ? 0 : 1;
        bucket.ended(event.call(), event.answer(), now);
      }
    }
    assertThat(refused).isLessThanOrEqualTo(CALLS / 100);
    assertThat(now / NANOS).isLessThanOrEqualTo((CALLS - left) / PER_SECOND * 1.02);
  }

  private RateHeaders api(boolean headers, long now) {
    apiLevel = Math.min(BURST, apiLevel + (now - apiFilledAt) / NANOS * PER_SECOND);
    apiFilledAt = now;
    boolean refuses = apiLevel < 1;
    refused += refuses ? 1 : 0;
    apiLevel -= refuses ? 0 : 1;
    Map<String, Object> said =
        headers ? Map.of("X-RateLimit-Remaining", String.valueOf((long) apiLevel)) : Map.of();
    return RateHeaders.of(refuses ? 429 : 200, said, NOON);
  }

  /** From 1 to 200 ms each way, so that calls and answers overtake each other. */
  private long latency() {
    return (long) ((0.001 + 0.199 * random.nextDouble() * random.nextDouble()) * NANOS);
  }
}
