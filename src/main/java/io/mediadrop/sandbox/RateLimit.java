package io.mediadrop.sandbox;

/**
 * The budget of calls each connection has.
 *
 * @param perMinute tokens that come back per minute, continuously; 0 = unlimited
 * @param burst tokens of a full bucket, at least 1
 * @param reset the form of {@code X-RateLimit-Reset}
 * @param retryAfter whether a 429 carries {@code Retry-After}, in seconds until the next token
 */
public record RateLimit(int perMinute, int burst, ResetForm reset, boolean retryAfter) {

  public RateLimit {
    if (perMinute < 0 || burst < 1) {
      throw new IllegalArgumentException(
          "A rate limit needs perMinute >= 0 and burst >= 1, not " + perMinute + " and " + burst);
    }
  }

  public static RateLimit unlimited() {
    return new RateLimit(0, 1, ResetForm.ABSENT, false);
  }

  /** 60 calls per minute and 90 at once, as the API documents for its smaller plans. */
  public static RateLimit documented() {
    return of(60, 90);
  }

  public static RateLimit of(int perMinute, int burst) {
    return new RateLimit(perMinute, burst, ResetForm.EPOCH, false);
  }

  public RateLimit withReset(ResetForm form) {
    return new RateLimit(perMinute, burst, form, retryAfter);
  }

  public RateLimit withRetryAfter(boolean given) {
    return new RateLimit(perMinute, burst, reset, given);
  }

  boolean isUnlimited() {
    return perMinute == 0;
  }
}
