package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final HandClock clock = new HandClock();

  private Sandbox start(RateLimit limit) throws Exception {
    return Sandbox.start(
        SandboxOptions.defaults().withClock(clock).withPartSize(4).withRateLimit(limit));
  }

  @Test
  void allowsTheBurstAndThenOneCallPerSecond() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 3))) {
      Caller caller = Caller.of(sandbox);
      for (int i = 0; i < 3; i++) {
        assertThat(caller.check("x", 1).status()).isEqualTo(200);
      }
      assertThat(caller.check("x", 1).type()).isEqualTo("RATE_LIMIT_EXCEEDED");

      clock.advance(Duration.ofMillis(900));
      assertThat(caller.check("x", 1).status()).isEqualTo(429);
      clock.advance(Duration.ofMillis(100));
      assertThat(caller.check("x", 1).status()).isEqualTo(200);
      assertThat(caller.check("x", 1).status()).isEqualTo(429);
    }
  }

  @Test
  void beginsWithWhatOthersHaveLeft() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 90).withStart(1))) {
      Caller caller = Caller.of(sandbox);
      clock.advance(Duration.ofMinutes(1));
      assertThat(caller.check("x", 1).status()).isEqualTo(200);
      assertThat(caller.check("x", 1).status()).isEqualTo(429);
      clock.advance(Duration.ofSeconds(1));
      assertThat(caller.check("x", 1).status()).isEqualTo(200);
    }
  }

  @Test
  void documentsNinetyAtOnce() throws Exception {
    try (Sandbox sandbox = start(RateLimit.documented())) {
      Caller caller = Caller.of(sandbox);
      for (int i = 0; i < 90; i++) {
        assertThat(caller.check("x", 1).status()).isEqualTo(200);
      }
      assertThat(caller.check("x", 1).status()).isEqualTo(429);
    }
  }

  @Test
  void countsParts() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 2))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(8);

      assertThat(caller.putPart(id, 1, new byte[4]).status()).isEqualTo(200);
      assertThat(caller.putPart(id, 2, new byte[4]).status()).isEqualTo(429);
    }
  }

  @Test
  void tellsWhenTheBucketIsFullAgain() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 10))) {
      Caller caller = Caller.of(sandbox);
      caller.check("x", 1);
      var reply = caller.check("x", 1);

      assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("10");
      assertThat(reply.header("X-RateLimit-Remaining")).isEqualTo("8");
      assertThat(Long.parseLong(reply.header("X-RateLimit-Reset")))
          .isEqualTo(clock.instant().getEpochSecond() + 2);
      assertThat(reply.header("Retry-After")).isNull();
    }
  }

  @Test
  void tellsItAsSecondsFromNowOrNotAtAll() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 10).withReset(ResetForm.DELTA))) {
      assertThat(Caller.of(sandbox).check("x", 1).header("X-RateLimit-Reset")).isEqualTo("1");
    }
    try (Sandbox sandbox = start(RateLimit.of(60, 10).withReset(ResetForm.ABSENT))) {
      assertThat(Caller.of(sandbox).check("x", 1).header("X-RateLimit-Remaining")).isNull();
    }
  }

  @Test
  void sendsRetryAfterOnRequest() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(6, 1).withRetryAfter(true))) {
      assertThat(Caller.of(sandbox).check("x", 1).status()).isEqualTo(200);
      assertThat(Caller.of(sandbox).check("x", 1).header("Retry-After")).isEqualTo("10");
    }
  }

  @Test
  void countsEachConnectionByItself() throws Exception {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withClock(clock)
            .withRateLimit(RateLimit.of(60, 1))
            .withConnection("k", "conn_a")
            .withConnection("k", "conn_b");
    try (Sandbox sandbox = Sandbox.start(options)) {
      assertThat(Caller.as(sandbox, "k", "conn_a").check("x", 1).status()).isEqualTo(200);
      assertThat(Caller.as(sandbox, "k", "conn_a").check("x", 1).status()).isEqualTo(429);
      assertThat(Caller.as(sandbox, "k", "conn_b").check("x", 1).status()).isEqualTo(200);
    }
  }

  @Test
  void leavesAccountCallsFree() throws Exception {
    try (Sandbox sandbox = start(RateLimit.of(60, 1))) {
      for (int i = 0; i < 3; i++) {
        assertThat(Caller.of(sandbox).get("/v2/account/whoami").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void isUnlimitedAtZero() throws Exception {
    try (Sandbox sandbox = start(RateLimit.unlimited())) {
      for (int i = 0; i < 200; i++) {
        assertThat(Caller.of(sandbox).check("x", 1).status()).isEqualTo(200);
      }
    }
  }
}
