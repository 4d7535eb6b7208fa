package io.mediadrop.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mediadrop.cli.LogLines;
import io.mediadrop.drop.DropState;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.ledger.Rows;
import io.mediadrop.ledger.SteppingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is set, in a mediadrop that removes old files. */
class CautiousTimeTest {

  private static final TemporalUnitOffset NEARLY = within(5, ChronoUnit.MINUTES);

  @TempDir Path folder;
  private OpenLedger opened;
  private Ledger ledger;
  private final SteppingClock clock = new SteppingClock();
  private final AtomicLong nanos = new AtomicLong();
  private CautiousTime time;

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    ledger = opened.ledger();
    start();
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private void start() {
    time = new CautiousTime(ledger, clock, nanos::get);
  }

  /** Time goes by, of which the clock tells. */
  private void pass(Duration passed) {
    clock.step(passed);
    nanos.addAndGet(passed.toNanos());
  }

  @Test
  void isBelievedAsLongAsNobodyDoes() {
    time.now();
    pass(Duration.ofMinutes(1));
    assertThat(time.now()).isCloseTo(clock.instant(), NEARLY);
    pass(Duration.ofDays(90));
    assertThat(time.now()).isCloseTo(clock.instant(), NEARLY);
  }

  @Test
  void isBelievedNoMoreThanADayPerHourWhenItJumpsAhead() {
    Instant before = time.now();
    clock.step(Duration.ofDays(3650));
    assertThat(time.now()).isCloseTo(before, NEARLY);
    pass(Duration.ofHours(1));
    assertThat(time.now()).isCloseTo(before.plus(Duration.ofDays(1)), NEARLY);
    start();
    assertThat(time.now()).isCloseTo(before.plus(Duration.ofDays(1)), NEARLY);
  }

  @Test
  void countsAgainAsItIsWhenItIsPutRight() {
    time.now();
    clock.step(Duration.ofDays(3650));
    pass(Duration.ofHours(10));
    time.now();
    clock.step(Duration.ofDays(-3650));

    assertThat(time.now()).isCloseTo(clock.instant(), NEARLY);
  }

  @Test
  void isSaidOnceToBeFarAhead() throws Exception {
    time.now();
    try (LogLines log = new LogLines()) {
      clock.step(Duration.ofDays(400));
      time.now();
      time.now();
      assertThat(log.warningsWith("400 days ahead")).hasSize(1);
    }
  }

  @Test
  void beginsWithTheYoungestFileThatWasKept() {
    Instant uploaded = clock.instant().minus(Duration.ofDays(50)).truncatedTo(ChronoUnit.MILLIS);
    ledger.write(
        handle ->
            Rows.drop(
                handle, DropState.FILED, "a", Map.of("uploaded_at", uploaded.toEpochMilli())));

    assertThat(time.now()).isEqualTo(uploaded);
    pass(Duration.ofHours(60));
    assertThat(time.now()).isCloseTo(clock.instant(), NEARLY);
  }
}
