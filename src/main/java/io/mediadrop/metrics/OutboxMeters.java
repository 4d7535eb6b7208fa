package io.mediadrop.metrics;

import io.mediadrop.ledger.Backlog;
import io.mediadrop.notify.Outbox;
import io.mediadrop.notify.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What endpoints are still to be told; which endpoints there are is settled at the start. */
final class OutboxMeters implements ChangingMeters {

  private final Map<String, Standing> standings = new HashMap<>();
  private final MeterRegistry registry;
  private final Outbox outbox;

  OutboxMeters(MeterRegistry registry, Outbox outbox) {
    this.registry = registry;
    this.outbox = outbox;
  }

  @Override
  public void look() {
    for (Standing standing : outbox.standings()) {
      if (standings.put(standing.endpoint(), standing) == null) {
        make(standing.endpoint());
      }
    }
  }

  private void make(String endpoint) {
    Gauge.builder("mediadrop.outbox.messages", () -> standings.get(endpoint).waiting())
        .description(
            "Messages that an endpoint is to be told; %d stands for that many or more"
                .formatted(Backlog.MOST))
        .tag("endpoint", endpoint)
        .register(registry);
    Gauge.builder("mediadrop.outbox.age", () -> age(standings.get(endpoint)))
        .description("The age of the oldest of these; 0 if there is none")
        .baseUnit("seconds")
        .tag("endpoint", endpoint)
        .register(registry);
  }

  private static double age(Standing standing) {
    Instant oldest = standing.oldest();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, Instant.now()).toSeconds());
  }
}
