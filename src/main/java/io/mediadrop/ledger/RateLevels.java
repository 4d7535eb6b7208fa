package io.mediadrop.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how many calls each connection has left, from one run to the next. Not worth closing the
 * intake for: what is lost here costs a few refused calls.
 */
public class RateLevels {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** What a connection had left, and how long ago. */
  public record Level(double calls, Duration age) {}

  private final Clock clock = Clock.systemUTC();
  private final LedgerDatabase database;
  private final Connections connections;

  /** Keeps them where the connections are known. */
  public RateLevels(Connections connections) {
    this.connections = connections;
    database = connections.database();
  }

  /** What was noted last; nothing for a connection that was never seen. */
  public Optional<Level> last(String connectionId) {
    try {
      return database.read(
          handle ->
              handle
                  .createQuery("SELECT level, noted_at FROM rate_levels WHERE connection = ?")
                  .bind(0, connections.fingerprint(connectionId))
                  .map((row, context) -> new Level(row.getDouble(1), age(row.getLong(2))))
                  .findOne());
    } catch (JdbiException e) {
      LOG.debug("The calls that are left cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** A clock that was set back says nothing: then no time has passed. */
  private Duration age(long notedAt) {
    return Duration.ofMillis(Math.max(0, clock.millis() - notedAt));
  }

  /** Notes what a connection has left now. */
  public void note(String connectionId, double calls) {
    try {
      database.write(
          handle ->
              handle.execute(
                  "INSERT INTO rate_levels (connection, level, noted_at) VALUES (?, ?, ?)"
                      + " ON CONFLICT (connection) DO UPDATE"
                      + " SET level = excluded.level, noted_at = excluded.noted_at",
                  connections.fingerprint(connectionId),
                  calls,
                  clock.millis()));
    } catch (JdbiException e) {
      LOG.debug("The calls that are left cannot be noted: {}", e.getMessage());
    }
  }
}
