package io.mediadrop.api.pace;

import io.mediadrop.base.RetryAfter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an answer says about the calls that are left. The limit that it may name is not read: the
 * API leaves open whether that is the burst or the calls of a minute.
 *
 * @param refused whether the call came too soon
 * @param remaining calls that are left; below zero if it does not say
 * @param retryAfter how long it asks to be left alone; zero if it does not
 * @param reset when all calls are there again, from now; zero if it does not say
 */
public record RateHeaders(boolean refused, long remaining, Duration retryAfter, Duration reset) {

  /** The longest wait that the API can ask for. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A number of seconds beyond this is a date, as the API leaves open. */
  private static final long DATE = 1_000_000_000;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Reads the headers of an answer, whatever the case of their names. */
  public static RateHeaders of(int status, Map<String, Object> headers, Instant now) {
    long remaining = number(headers, "X-RateLimit-Remaining");
    long reset = number(headers, "X-RateLimit-Reset");
    boolean dated = reset > DATE || headers.get("Retry-After") != null;
    Instant sent = dated ? dateOf(headers, now) : now;
    return new RateHeaders(
        status == 429,
        remaining,
        RetryAfter.in(headers, sent, LONGEST),
        RetryAfter.bounded(
            Duration.ofSeconds(reset > DATE ? reset - sent.getEpochSecond() : reset), LONGEST));
  }

  /** The API's own clock, by which it reckons; ours may differ. */
  private static Instant dateOf(Map<String, Object> headers, Instant now) {
    try {
      return ZonedDateTime.parse(
              String.valueOf(headers.get("Date")), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException none) {
      return now;
    }
  }

  private static long number(Map<String, Object> headers, String name) {
    String text = String.valueOf(headers.get(name)).trim();
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }
}
