package io.mediadrop.metrics;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.lanefile.LaneReport.Entry;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Tallies.Tally;
import io.mediadrop.ledger.WorkCounts;
import io.mediadrop.upkeep.Upkeep;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The meters of each lane: ten at most, so that some hundred lanes are no burden to anybody. */
final class LaneMeters implements ChangingMeters {

  private final Map<String, List<Meter>> meters = new HashMap<>();
  private final MeterRegistry registry;
  private final Lanes lanes;
  private final LaneFiles laneFiles;
  private final Ledger ledger;
  private final WorkCounts work;
  private final RateLimits rateLimits;
  private Map<String, Boolean> working = Map.of();

  LaneMeters(
      MeterRegistry registry,
      Lanes lanes,
      LaneFiles laneFiles,
      Ledger ledger,
      Upkeep upkeep,
      RateLimits rateLimits) {
    this.registry = registry;
    this.lanes = lanes;
    this.laneFiles = laneFiles;
    this.ledger = ledger;
    this.rateLimits = rateLimits;
    work = upkeep.workCounts();
  }

  @Override
  public void look() {
    working =
        laneFiles.entries().stream()
            .collect(Collectors.toMap(Entry::name, Entry::works, (one, other) -> one));
    working.keySet().forEach(name -> meters.computeIfAbsent(name, this::made));
    meters.entrySet().removeIf(lane -> !working.containsKey(lane.getKey()) && removed(lane));
  }

  private boolean removed(Map.Entry<String, List<Meter>> lane) {
    lane.getValue().forEach(registry::remove);
    return true;
  }

  private List<Meter> made(String name) {
    List<Meter> made = new ArrayList<>();
    Tally tally = ledger.tallies().of(name);
    Map<String, ToDoubleFunction<Tally>> outcomes =
        Map.of(
            "uploaded", Tally::uploaded, "duplicate", Tally::duplicates, "failed", Tally::failed);
    outcomes.forEach(
        (outcome, count) ->
            made.add(
                FunctionCounter.builder("mediadrop.uploads", tally, count)
                    .description("Files by what became of them, since the start")
                    .tags("lane", name, "outcome", outcome)
                    .register(registry)));
    made.add(
        FunctionCounter.builder("mediadrop.upload", tally, Tally::bytes)
            .description("Bytes of the files that were uploaded, since the start")
            .baseUnit(BaseUnits.BYTES)
            .tag("lane", name)
            .register(registry));
    made.add(
        gauge("mediadrop.lane.takes.files", name, () -> working.get(name) ? 1 : 0)
            .description("1 while the lane takes files; 0 while it is paused, waiting or broken")
            .register(registry));
    made.add(
        gauge("mediadrop.files.in.folder", name, () -> filesIn(lanes.byName(name)))
            .description("Files seen at the last look through the folder")
            .register(registry));
    made.add(
        gauge("mediadrop.files.waiting", name, () -> work.of(name).waiting())
            .description("Files that were begun and are tried again later")
            .register(registry));
    made.add(
        gauge("mediadrop.files.in.doubt", name, () -> work.of(name).inDoubt())
            .description("Files of which only the API knows whether it has them")
            .register(registry));
    made.add(
        gauge("mediadrop.api.calls.left", name, () -> callsLeft(lanes.byName(name)))
            .description("Calls that the lane's connection has left; NaN where there is no limit")
            .register(registry));
    return made;
  }

  private static Gauge.Builder<Supplier<Number>> gauge(
      String name, String lane, Supplier<Number> value) {
    return Gauge.builder(name, value).tag("lane", lane);
  }

  private static double filesIn(Lane lane) {
    return lane == null ? Double.NaN : Math.max(0, lane.reach().files());
  }

  private double callsLeft(Lane lane) {
    return lane == null ? Double.NaN : rateLimits.callsLeft(lane).orElse(Double.NaN);
  }
}
