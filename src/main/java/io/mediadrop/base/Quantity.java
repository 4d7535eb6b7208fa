package io.mediadrop.base;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the amounts of the settings: a number with its unit. */
public final class Quantity {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");

  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Map<String, Long> SIZES =
      Map.of("b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "tib", 1L << 40);

  private static final String FOREVER = "forever";
  private static final Duration SHORTEST_AGE = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Quantity() {}

  /**
   * A time such as {@code 500ms}, {@code 5s}, {@code 10m}, {@code 24h} or {@code 30d}.
   *
   * @throws IllegalArgumentException if the text is no such time
   */
  public static Duration time(String text) {
    Matcher amount = AMOUNT.matcher(text.trim());
    Duration unit = amount.matches() ? TIMES.get(amount.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("'" + text + "' is no time such as 500ms, 5s, 10m or 24h");
    }
    Duration time = unit.multipliedBy(Long.parseLong(amount.group(1)));
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is longer than 36500d");
    }
    return time;
  }

  /**
   * An age such as {@code 30d}; nothing for {@code forever}. Less than a day is taken for a
   * mistake, such as minutes for months.
   *
   * @throws IllegalArgumentException if the text is no such age
   */
  public static Optional<Duration> age(String text) {
    if (text.trim().equals(FOREVER)) {
      return Optional.empty();
    }
    Duration age = time(text);
    if (age.compareTo(SHORTEST_AGE) < 0) {
      throw new IllegalArgumentException("'" + text + "' is no age such as forever, 30d or 365d");
    }
    return Optional.of(age);
  }

  /**
   * A size in bytes such as {@code 512B}, {@code 64KiB}, {@code 5MiB} or {@code 1GiB}.
   *
   * @throws IllegalArgumentException if the text is no such size
   */
  public static long bytes(String text) {
    Matcher amount = AMOUNT.matcher(text.trim());
    Long unit = amount.matches() ? SIZES.get(amount.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("'" + text + "' is no size such as 64KiB, 5MiB or 1GiB");
    }
    return Math.multiplyExact(Long.parseLong(amount.group(1)), unit);
  }
}
