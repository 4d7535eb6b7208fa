package io.mediadrop.sandbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts one connection's calls against its rate limit. */
final class TokenBucket {
  private final RateLimit limit;
  private final Clock clock;
  private double tokens;
  private long filledAt;
  private boolean used;

  TokenBucket(RateLimit limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    this.tokens = limit.start();
    this.filledAt = clock.millis();
  }

  synchronized boolean take() {
    if (!used) {
      used = true;
      filledAt = clock.millis();
    }
    refill();
    if (limit.isUnlimited() || tokens >= 1) {
      tokens -= 1;
      return true;
    }
    return false;
  }

  /** What the answer says about the budget. */
  synchronized Map<String, String> headers() {
    refill();
    Map<String, String> headers = new LinkedHashMap<>();
    if (limit.isUnlimited()) {
      return headers;
    }
    if (limit.reset() != ResetForm.ABSENT) {
      headers.put("X-RateLimit-Limit", String.valueOf(limit.burst()));
      headers.put("X-RateLimit-Remaining", String.valueOf((long) tokens));
      headers.put("X-RateLimit-Reset", String.valueOf(reset()));
    }
    if (limit.retryAfter() && tokens < 1) {
      headers.put("Retry-After", String.valueOf(secondsUntil(1)));
    }
    return headers;
  }

  private long reset() {
    long toFull = secondsUntil(limit.burst());
    return limit.reset() == ResetForm.EPOCH ? clock.instant().getEpochSecond() + toFull : toFull;
  }

  private long secondsUntil(int level) {
    return (long) Math.ceil(Math.max(0, level - tokens) * 60 / limit.perMinute());
  }

  private void refill() {
    long now = clock.millis();
    double gained = (now - filledAt) * limit.perMinute() / 60_000.0;
    tokens = Math.min(limit.burst(), tokens + Math.max(0, gained));
    filledAt = now;
  }
}
