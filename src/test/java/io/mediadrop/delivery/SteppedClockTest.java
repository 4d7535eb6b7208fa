package io.mediadrop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.ledger.SteppingClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The waits of files while somebody sets the wall clock. */
class SteppedClockTest {

  private static final Duration WAIT = Duration.ofMinutes(2);

  private final SteppingClock clock = new SteppingClock();
  private final WaitingTimes times = new WaitingTimes(Duration.ofMinutes(5), clock);
  private long due;

  @BeforeEach
  void startWaiting() {
    due = clock.millis() + WAIT.toMillis();
  }

  @Test
  void leavesTheWaitAsItIsWhereNobodyDoes() {
    assertThat(times.remaining(due)).isBetween(WAIT.minusSeconds(30), WAIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "P365D", "PT10M"})
  void endsTheWaitWhenItIsSetForward(String step) {
    clock.step(Duration.parse(step));

    assertThat(times.remaining(due)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT10M", "P1D", "P365D", "P20000D"})
  void endsTheWaitWhenItIsSetBackByMoreThanAnythingWaits(String step) {
    clock.step(Duration.parse(step).negated());

    assertThat(times.remaining(due)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT2M"})
  void lengthensTheWaitByAStepBackOfMinutesAndNeverBeyondTheMaximum(String step) {
    clock.step(Duration.parse(step).negated());

    assertThat(times.remaining(due)).isGreaterThan(WAIT).isLessThanOrEqualTo(Duration.ofMinutes(5));
  }
}
