package io.mediadrop.metrics;

import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.LedgerDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The meters that there is one of, whatever the lanes and endpoints. */
final class StandingMeters implements MeterBinder {

  private static final Duration[] SECONDS_TO_DAYS =
      seconds(1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400);

  private static final Duration[] MILLISECONDS_TO_SECONDS =
      IntStream.of(1, 2, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Home home;
  private final Intake intake;
  private final Ledger ledger;
  private final LedgerDatabase database;

  StandingMeters(Home home, Intake intake, Ledger ledger, LedgerDatabase database) {
    this.home = home;
    this.intake = intake;
    this.ledger = ledger;
    this.database = database;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("mediadrop.disk.free", home.diskWatch(), disks -> disks.free())
        .description("Free on the fullest disk of the home, as it was some seconds ago")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder("mediadrop.intake.open", intake, open -> open.isOpen() ? 1 : 0)
        .description("1 while files are taken; 0 while ledger or disk are in the way")
        .register(registry);
    Timer uploads =
        Timer.builder("mediadrop.drop.to.uploaded")
            .description("From the last change of a file in its folder until the API has it all")
            .serviceLevelObjectives(SECONDS_TO_DAYS)
            .register(registry);
    ledger.tallies().tellTimes(uploads::record);
    Timer commits =
        Timer.builder("mediadrop.ledger.commit")
            .description("What the ledger takes for a transaction, which many files share")
            .serviceLevelObjectives(MILLISECONDS_TO_SECONDS)
            .register(registry);
    database.tellCommitTimes(nanos -> commits.record(nanos, TimeUnit.NANOSECONDS));
  }

  private static Duration[] seconds(int... seconds) {
    return IntStream.of(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
  }
}
