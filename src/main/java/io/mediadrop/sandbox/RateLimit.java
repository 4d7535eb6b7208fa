package io.mediadrop.sandbox;

/**
 * The budget of calls each connection has.
 *
 * @param perMinute tokens that come back per minute, continuously; 0 = unlimited
 * @param burst tokens of a full bucket, at least 1
 * @param reset the form of {@code X-RateLimit-Reset}
 * @param retryAfter whether a 429 carries {@code Retry-After}, in seconds until the next token
 * @param start tokens that are there at a connection's first call, 0 to burst
 */
public record RateLimit(int perMinute, int burst, ResetForm reset, boolean retryAfter, int start) {

  public RateLimit {
    if (perMinute < 0 || burst < 1 || start < 0 || start > burst) {
      throw new IllegalArgumentException(
          "A rate limit needs perMinute >= 0, burst >= 1 and start from 0 to burst, not "
              + perMinute
              + ", "
              + burst
              + " and "
              + start);
    }
  }

  /** A limit that begins with a full bucket. */
  public RateLimit(int perMinute, int burst, ResetForm reset, boolean retryAfter) {
    this(perMinute, burst, reset, retryAfter, burst);
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
    return new RateLimit(perMinute, burst, form, retryAfter, start);
  }

  public RateLimit withRetryAfter(boolean given) {
    return new RateLimit(perMinute, burst, reset, given, start);
  }

  /** With this many tokens at a connection's first call, as if others had spent the rest. */
  public RateLimit withStart(int tokens) {
    return new RateLimit(perMinute, burst, reset, retryAfter, tokens);
  }

  boolean isUnlimited() {
    return perMinute == 0;
  }
}
