package io.mediadrop.base;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Reads how long an answer asks the client to wait. */
public final class RetryAfter {

  private RetryAfter() {}

  /**
   * The time in the header {@code Retry-After}, in seconds or as a date; zero without one.
   *
   * @param headers which must be looked up without regard to case, as Camel's are
   * @param longest what asks for more is a mistake, or not meant for a client that goes on
   */
  public static Duration in(Map<String, Object> headers, Instant now, Duration longest) {
    Object value = headers.get("Retry-After");
    if (value == null) {
      return Duration.ZERO;
    }
    String text = value.toString().trim();
    try {
      Duration wait =
          text.matches("\\d{1,18}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return bounded(wait, longest);
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  public static Duration bounded(Duration wait, Duration longest) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
