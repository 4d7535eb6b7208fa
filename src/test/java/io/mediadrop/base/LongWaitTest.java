package io.mediadrop.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long {@code Retry-After} is believed. */
class LongWaitTest {

  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30|30",
        "3600|3600",
        "3601|3600",
        "999999999|3600",
        "99999999999999|3600",
        "-5|0",
        "soon|0",
        "Fri, 27 Nov 2026 10:00:20 GMT|20",
        "Fri, 27 Nov 2026 09:00:00 GMT|0",
        "Fri, 27 Nov 2043 10:00:00 GMT|3600",
      })
  void isBounded(String header, long seconds) {
    assertThat(RetryAfter.in(Map.of("Retry-After", header), NOW, Duration.ofHours(1)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }
}
