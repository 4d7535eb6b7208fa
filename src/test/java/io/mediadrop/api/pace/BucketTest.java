package io.mediadrop.api.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.util.CaseInsensitiveMap;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private long now = 17;
  private final Bucket bucket = bucket(60, 90, 90);

  private Bucket bucket(double perMinute, long burst, double level) {
    return new Bucket(new Allowance(perMinute, burst), level, now);
  }

  private Bucket.Sent send(Bucket from) {
    from.draw(1);
    return from.sent(now);
  }

  private void answer(Bucket.Sent call, Map<String, Object> headers, int status) {
    Map<String, Object> any = new CaseInsensitiveMap(headers);
    bucket.ended(call, RateHeaders.of(status, any, NOON), now);
  }

  private double left() {
    return bucket.level(now);
  }

  private void spend(int calls) {
    for (int i = 0; i < calls; i++) {
      answer(send(bucket), Map.of(), 200);
    }
  }

  @Test
  void grantsTheBurstAndThenOneCallForEachSecond() {
    spend(90);

    assertThat(bucket.until(1, now)).isEqualTo(SECOND);
    assertThat(bucket.until(2, now)).isEqualTo(2 * SECOND);
    now += SECOND;
    assertThat(bucket.until(1, now)).isZero();
  }

  @Test
  void winsNothingWhileTheFirstCallIsUnderWaySinceTheApiMayHaveIsStillFull() {
    Bucket.Sent first = send(bucket);
    now += 5 * SECOND;

    assertThat(left()).isEqualTo(89);
    answer(first, Map.of(), 200);
    now += SECOND;
    assertThat(left()).isEqualTo(90);
  }

  @Test
  void believesTheApiThatLessIsLeft() {
    answer(send(bucket), Map.of("x-ratelimit-remaining", "10"), 200);

    assertThat(left()).isBetween(9.0, 11.0);
  }

  @Test
  void believesTheApiThatMoreIsLeft() {
    Bucket afterKill = bucket(60, 90, -5);
    now += 6 * SECOND;
    Bucket.Sent call = send(afterKill);
    afterKill.ended(call, RateHeaders.of(200, Map.of("X-RateLimit-Remaining", "40"), NOON), now);

    assertThat(afterKill.level(now)).isBetween(38.0, 41.0);
  }

  @Test
  void grantsNoMoreThanTheSettingsWhateverTheApiHasLeft() {
    for (int i = 0; i < 90; i++) {
      answer(send(bucket), Map.of("X-RateLimit-Remaining", "5000"), 200);
    }

    assertThat(left()).isZero();
  }

  @Test
  void countsCallsUnderWayThatTheApiMayNotHaveSeenWhenItAnsweredAnother() {
    Bucket.Sent first = send(bucket);
    Bucket.Sent second = send(bucket);
    Bucket.Sent third = send(bucket);

    answer(third, Map.of("X-RateLimit-Remaining", "29"), 200);
    assertThat(left()).isLessThanOrEqualTo(28);
    answer(first, Map.of("X-RateLimit-Remaining", "31"), 200);
    answer(second, Map.of("X-RateLimit-Remaining", "30"), 200);

    assertThat(left()).isBetween(25.0, 29.0);
  }

  @Test
  void readsWhenAllCallsAreThereAgainAsSecondsOrAsDate() {
    answer(send(bucket), Map.of("X-RateLimit-Reset", "80"), 200);
    assertThat(left()).isBetween(9.0, 12.0);

    long date = NOON.getEpochSecond() + 85;
    answer(send(bucket), Map.of("X-RATELIMIT-RESET", String.valueOf(date)), 200);
    assertThat(left()).isBetween(4.0, 7.0);
  }

  @Test
  void reckonsADateByTheApisOwnClock() {
    RateHeaders headers =
        RateHeaders.of(
            200,
            Map.of(
                "Date",
                "Fri, 01 May 2026 11:00:00 GMT",
                "Retry-After",
                "Fri, 01 May 2026 11:00:20 GMT",
                "X-RateLimit-Reset",
                String.valueOf(NOON.getEpochSecond() - 3590)),
            NOON);

    assertThat(headers.reset()).isEqualTo(Duration.ofSeconds(10));
    assertThat(headers.retryAfter()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void passesOverHeadersThatMakeNoSense() {
    answer(
        send(bucket),
        Map.of(
            "X-RateLimit-Remaining", "plenty",
            "X-RateLimit-Reset", "-3",
            "Retry-After", "soon"),
        200);

    assertThat(left()).isEqualTo(89);
  }

  @Test
  void isEmptyAfterARefusalThatSaysNothing() {
    answer(send(bucket), Map.of(), 429);

    assertThat(bucket.until(1, now)).isEqualTo(SECOND);
  }

  @Test
  void leavesTheApiAloneForAsLongAsItAsksAndLosesNothingMeanwhile() {
    answer(send(bucket), Map.of("retry-after", "7"), 429);

    assertThat(bucket.until(1, now)).isEqualTo(7 * SECOND);
    now += 7 * SECOND;
    assertThat(bucket.until(7, now)).isZero();
  }

  @Test
  void waitsTwiceAsLongWithEachFurtherRefusal() {
    answer(send(bucket), Map.of(), 429);
    for (int seconds = 2; seconds <= 32; seconds *= 2) {
      now += bucket.until(1, now);
      answer(send(bucket), Map.of(), 429);

      assertThat(bucket.until(1, now)).isCloseTo(seconds * SECOND, within(SECOND / 1000));
    }
    now += bucket.until(1, now);
    answer(send(bucket), Map.of("X-RateLimit-Reset", "3"), 429);
    assertThat(bucket.until(1, now)).isEqualTo(3 * SECOND);
    now += 3 * SECOND;
    answer(send(bucket), Map.of(), 200);
    answer(send(bucket), Map.of(), 429);
    assertThat(bucket.until(1, now)).isEqualTo(SECOND);
  }

  @Test
  void takesRefusalsOfCallsThatWereUnderWayTogetherForOne() {
    Bucket.Sent first = send(bucket);
    Bucket.Sent second = send(bucket);
    answer(first, Map.of(), 429);
    answer(second, Map.of(), 429);

    assertThat(bucket.until(1, now)).isEqualTo(SECOND);
  }

  @Test
  void doesNotBelieveAnAnswerFromBeforeARefusalThatMoreIsLeft() {
    Bucket.Sent before = send(bucket);
    Bucket.Sent refused = send(bucket);
    answer(refused, Map.of(), 429);
    answer(before, Map.of("X-RateLimit-Remaining", "60"), 200);

    assertThat(left()).isZero();
  }
}
