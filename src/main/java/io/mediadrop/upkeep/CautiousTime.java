package io.mediadrop.upkeep;

import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the machine's clock for things that cannot be undone. A clock that jumps ahead is
 * believed step by step, a day per hour in which mediadrop runs, so that a person has time to see
 * that it is wrong; so are days on which mediadrop did not run.
 */
class CautiousTime {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final String FACT = "time-believed";

  /** How many times faster than time passes the clock is believed. */
  private static final int PACE = 24;

  private static final Duration WORTH_A_WORD = Duration.ofDays(2);

  /** What a new ledger begins with: the youngest thing that was kept. */
  static final String YOUNGEST =
      "SELECT MAX(time) FROM (SELECT time FROM (SELECT uploaded_at AS time FROM uploads"
          + " WHERE removed_at IS NULL"
          + " ORDER BY uploaded_at DESC LIMIT 1) AS archived"
          + " UNION ALL SELECT time FROM (SELECT failed_at AS time FROM ended"
          + " WHERE failed_path IS NOT NULL AND failed_at IS NOT NULL"
          + " ORDER BY failed_at DESC LIMIT 1) AS refused"
          + " UNION ALL SELECT time FROM (SELECT failed_at AS time FROM uploads"
          + " WHERE failed_path IS NOT NULL AND failed_at IS NOT NULL"
          + " ORDER BY failed_at DESC LIMIT 1) AS faulty) AS youngest";

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Ledger ledger;
  private long lookedAt;
  private boolean told;

  /** Takes its times from the machine's clock. */
  CautiousTime(Ledger ledger) {
    this(ledger, Clock.systemUTC(), System::nanoTime);
  }

  CautiousTime(Ledger ledger, Clock clock, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.clock = clock;
    this.nanoTime = nanoTime;
    lookedAt = nanoTime.getAsLong();
  }

  /** No later than it is, and no later than can be believed. */
  synchronized Instant now() {
    Instant now = clock.instant();
    long looked = nanoTime.getAsLong();
    Duration passed = Duration.ofNanos(looked - lookedAt);
    Instant before = ledger.read(CautiousTime::believed).orElse(now);
    Instant most = before.plus(passed.multipliedBy(PACE));
    Instant believed = later(before, earlier(now, most));
    ledger.write(handle -> note(handle, believed));
    lookedAt = looked;
    tell(Duration.between(believed, now));
    return earlier(now, believed);
  }

  private static Optional<Instant> believed(Handle handle) {
    return handle
        .createQuery("SELECT value FROM facts WHERE name = ?")
        .bind(0, FACT)
        .mapTo(String.class)
        .findOne()
        .map(Instant::parse)
        .or(() -> youngest(handle));
  }

  private static Optional<Instant> youngest(Handle handle) {
    return handle.createQuery(YOUNGEST).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
  }

  private static int note(Handle handle, Instant believed) {
    return handle.execute(
        "INSERT INTO facts (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        FACT,
        believed.toString());
  }

  private void tell(Duration ahead) {
    if (ahead.compareTo(WORTH_A_WORD) <= 0) {
      told = false;
    } else if (!told) {
      told = true;
      LOG.warn(
          "The clock is {} days ahead of the time at which old files were looked for last; they are"
              + " removed as if a day passed per hour: if the clock is wrong, put it right",
          ahead.toDays());
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
