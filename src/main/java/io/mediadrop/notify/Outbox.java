package io.mediadrop.notify;

import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.source.Intake;
import io.mediadrop.source.Printable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Variable;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still to be told, per endpoint; kept in the ledger until it is delivered. */
public class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private static final int BATCH = 100;

  private static final List<Duration> BACK_OFF =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  /** No wait is longer, with its jitter. */
  private static final Duration FARTHEST = Duration.ofHours(13);

  private final Clock clock;
  private Intake intake;
  private Ledger ledger;
  private UploadRecords uploadRecords;

  /** Takes its times from the machine's clock. */
  public Outbox() {
    this(Clock.systemUTC());
  }

  Outbox(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is due at an endpoint, oldest first; a batch at a time. Nothing while the ledger is in
   * trouble: what cannot be recorded as delivered would be delivered over and over.
   */
  public List<Delivery> due(String endpoint) {
    return intake.has(Intake.Trouble.LEDGER) ? List.of() : dueNow(endpoint);
  }

  private List<Delivery> dueNow(String endpoint) {
    return ledger.read(
        handle ->
            handle
                .createQuery(
                    "SELECT o.id, o.attempts, "
                        + UploadRecords.COLUMNS
                        + " FROM outbox o JOIN drops d ON d.id = o.drop_id"
                        + " WHERE o.endpoint = :endpoint AND o.delivered_at IS NULL"
                        // further away than anything waits: the clock was set back
                        + " AND (o.due_at <= :now OR o.due_at > :farthest"
                        + " OR o.attempts = 0 AND o.due_at IS NOT NULL)"
                        + " ORDER BY o.due_at LIMIT "
                        + BATCH)
                .bind("endpoint", endpoint)
                .bind("now", clock.millis())
                .bind("farthest", clock.millis() + FARTHEST.toMillis())
                .map(
                    (row, context) ->
                        new Delivery(
                            row.getString("id"),
                            row.getInt("attempts"),
                            uploadRecords.map(row, context)))
                .list());
  }

  /** Records that the endpoint has taken it. */
  public void delivered(@Variable("delivery") Delivery delivery) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE outbox SET delivered_at = ?, attempts = attempts + 1, last_error = NULL"
                    + " WHERE id = ?",
                clock.millis(),
                delivery.id()));
  }

  /**
   * Records that the endpoint did not take it; it is due again later.
   *
   * @throws JdbiException if it was the ledger that failed
   */
  public void postponed(@Variable("delivery") Delivery delivery, Exception failure) {
    if (failure instanceof JdbiException unrecorded) {
      throw unrecorded;
    }
    Duration wait = BACK_OFF.get(Math.min(delivery.attempts(), BACK_OFF.size() - 1));
    long jitter = ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1);
    LOG.warn(
        "{} could not be delivered, next attempt in {}: {}",
        delivery.id(),
        wait,
        Printable.of(failure.toString()));
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE outbox SET attempts = attempts + 1, due_at = ?, last_error = ?"
                    + " WHERE id = ?",
                clock.millis() + wait.toMillis() + jitter,
                Printable.of(failure.toString()),
                delivery.id()));
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }
}
