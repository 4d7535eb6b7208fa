package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScanTimesTest {

  private static final Duration POLL = Duration.ofMillis(500);

  private long now;
  private final ScanTimes times = new ScanTimes(POLL, now);

  @Test
  void beginAtOnce() {
    assertThat(untilNext()).isZero();
  }

  @Test
  void areRegularWhereNoHintsCome() {
    for (int times = 0; times < 10; times++) {
      scan(Duration.ofMillis(1), false, false);
      assertThat(untilNext()).isEqualTo(POLL);
      pass(POLL);
    }
  }

  @Test
  void growRarerWhereHintsComeAndNothingChanges() {
    scan(Duration.ofMillis(1), false, true);
    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(1));
    for (int times = 0; times < 5; times++) {
      pass(untilNext());
      scan(Duration.ofMillis(1), false, true);
    }
    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(10));

    pass(untilNext());
    scan(Duration.ofMillis(1), true, true);
    assertThat(untilNext()).isEqualTo(POLL);
  }

  @Test
  void restTenTimesAsLongAsTheScanTook() {
    scan(Duration.ofMillis(300), true, false);

    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void comeSoonAfterAHint() {
    scan(Duration.ofMillis(1), false, true);
    pass(Duration.ofMillis(100));

    assertThat(times.hinted(now)).isTrue();
    assertThat(untilNext()).isLessThanOrEqualTo(Duration.ofMillis(50));
    assertThat(times.hinted(now)).isFalse();
  }

  @Test
  void keepTheirRestInSpiteOfHints() {
    scan(Duration.ofMillis(300), true, true);
    times.hinted(now);

    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void areNoMoreThanRegularWhileHintsNeverCease() {
    int scans = 0;
    long end = now + Duration.ofSeconds(60).toNanos();
    while (now < end) {
      scan(Duration.ofNanos(1000), true, true);
      scans++;
      times.hinted(now);
      pass(untilNext());
    }

    assertThat(scans).isLessThan(60 * 2 + 10);
  }

  private Duration untilNext() {
    return Duration.ofNanos(times.untilNext(now));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void scan(Duration took, boolean changed, boolean hinting) {
    long begun = now;
    pass(took);
    times.scanned(begun, now, changed, hinting);
  }
}
