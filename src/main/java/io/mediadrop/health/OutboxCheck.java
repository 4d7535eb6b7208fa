package io.mediadrop.health;

import io.mediadrop.ledger.Backlog;
import io.mediadrop.notify.Outbox;
import io.mediadrop.notify.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.JdbiException;

/** Whether subscribers and the archive endpoint take what they are to be told. */
final class OutboxCheck {

  /** A younger backlog passes by itself. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private final Outbox outbox;
  private final Clock clock;

  OutboxCheck(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Who does not. */
  Finding look() {
    List<Standing> late;
    try {
      late = outbox.standings().stream().filter(this::isLate).toList();
    } catch (JdbiException e) {
      return Finding.well("what is to be told cannot be read: see what the ledger's check says");
    }
    if (late.isEmpty()) {
      return Finding.well("all that is to be told is told, or will be in a moment");
    }
    return Finding.well(
            "%s not take what is to be told: uploads go on, and nothing of it is lost"
                .formatted(late.size() == 1 ? "1 endpoint does" : late.size() + " endpoints do"))
        .with("late", late.stream().map(OutboxCheck::told).toList());
  }

  private boolean isLate(Standing endpoint) {
    Instant oldest = endpoint.oldest();
    return endpoint.goneNote() != null
        || endpoint.gaveUp()
        || oldest != null && Duration.between(oldest, clock.instant()).compareTo(OLD) > 0;
  }

  private static Map<String, String> told(Standing endpoint) {
    Map<String, String> told = new TreeMap<>();
    told.put("name", endpoint.endpoint());
    told.put("why", why(endpoint));
    if (endpoint.oldest() != null) {
      told.put(
          "waiting", endpoint.waiting() + (endpoint.waiting() < Backlog.MOST ? "" : " or more"));
      told.put("oldest", endpoint.oldest().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return told;
  }

  private static String why(Standing endpoint) {
    if (endpoint.goneNote() != null) {
      return "it answered 410 Gone and gets nothing more: change its address, or delete %s"
          .formatted(endpoint.goneNote());
    }
    String said = endpoint.refusal() == null ? "nothing yet" : endpoint.refusal();
    return endpoint.gaveUp()
        ? "some of it was refused for days, and is tried again at the next start. It said: " + said
        : "see that it is there and takes messages; they are sent by themselves then. It said: "
            + said;
  }
}
