package io.mediadrop.metrics;

import io.mediadrop.api.CallCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** The calls to the API, by their kind and the status of the answer. */
final class CallMeters implements ChangingMeters {

  private final Set<CallCounts.Kind> known = new HashSet<>();
  private final MeterRegistry registry;
  private final CallCounts calls;

  CallMeters(MeterRegistry registry, CallCounts calls) {
    this.registry = registry;
    this.calls = calls;
  }

  @Override
  public void look() {
    calls.all().forEach(this::make);
  }

  private void make(CallCounts.Kind kind, LongAdder count) {
    if (known.add(kind)) {
      FunctionCounter.builder("mediadrop.api.calls", count, LongAdder::sum)
          .description("Calls to the API, by kind and status of the answer, since the start")
          .tags("route", kind.route(), "status", kind.status())
          .register(registry);
    }
  }
}
