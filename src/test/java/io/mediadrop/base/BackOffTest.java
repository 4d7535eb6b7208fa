package io.mediadrop.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @ParameterizedTest
  @CsvSource({"-1,2", "0,2", "1,4", "7,256", "8,300", "20,300", "1000000,300"})
  void doublesUpToTheLongest(int doublings, long seconds) {
    assertThat(BackOff.doubled(FIRST, doublings, LONGEST)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void waitsAtLeastHalfOfThatAndNotAlwaysTheSame() {
    BackOff backOff = new BackOff(FIRST, LONGEST);

    for (int i = 0; i < 1000; i++) {
      assertThat(backOff.after(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
    assertThat(Stream.generate(() -> backOff.after(20)).limit(10).distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void waitsNotAtAllWhereThatIsTheLongest() {
    assertThat(new BackOff(FIRST, Duration.ZERO).after(3)).isZero();
  }
}
