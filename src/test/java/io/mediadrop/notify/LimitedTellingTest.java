package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitedTellingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final LimitedTelling telling = new LimitedTelling();

  @Test
  void tellsFourTimesInAnHourAlsoOfThoseThatComeALittleLate() {
    assertThat(Stream.of(0, 1, 2, -1, 3, -2, 4).filter(milli -> isDue(Duration.ofMillis(milli))))
        .hasSize(4);
    assertThat(isDue(Duration.ofMinutes(61))).isTrue();
  }

  @Test
  void tellsAgainAfterTheClockWasSetBackFar() {
    IntStream.range(0, 4).forEach(time -> isDue(Duration.ZERO));

    assertThat(isDue(Duration.ofHours(-2))).isTrue();
  }

  private boolean isDue(Duration afterNoon) {
    return telling.isDue(NOON.plus(afterNoon));
  }
}
