package io.mediadrop.notify;

import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Presence;
import io.mediadrop.ledger.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still to be told, per endpoint; kept in the ledger until it is delivered. */
public class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private static final int BATCH = 200;

  private static final String OPEN = " delivered_at IS NULL AND dead_at IS NULL";

  /** The first of each subject's open deliveries, if it is due. */
  private static final String DUE =
      "SELECT id, endpoint, type, drop_id, happened_at, attempts, data FROM outbox o"
          + " WHERE endpoint = :endpoint AND"
          // a first attempt, or one further away than any wait: the clock was set back
          + " (due_at <= :now OR due_at > :farthest OR attempts = 0 AND due_at IS NOT NULL) AND"
          + OPEN
          + " AND NOT EXISTS (SELECT 1 FROM outbox before WHERE before.subject = o.subject"
          + " AND before.endpoint = o.endpoint AND before.number < o.number"
          + " AND before.delivered_at IS NULL AND before.dead_at IS NULL)";

  /** Only once the archive endpoint has the records of the subject, which are small. */
  private static final String AFTER_RECORDS =
      " AND NOT EXISTS (SELECT 1 FROM outbox records WHERE records.subject = o.subject"
          + " AND records.endpoint = 'archive' AND records.delivered_at IS NULL"
          + " AND records.dead_at IS NULL)";

  private static final String FIRST = " ORDER BY due_at LIMIT :room";

  /** What the endpoint will never take must not be all that it is tried with. */
  private static final String LEAST_TRIED = " ORDER BY attempts, due_at LIMIT :room";

  /** No wait is longer, with its jitter. */
  private static final Duration FARTHEST = Duration.ofHours(36);

  private final Clock clock;
  private final Map<String, Presence> open = new ConcurrentHashMap<>();
  private Ledger ledger;
  private GroupedWrites writes;
  private boolean begun;
  private Subscribers subscribers;
  private EndpointHealth health;
  private GoneEndpoints gone;
  private EndpointSecrets secrets;
  private Waits waits;

  /** Takes its times from the machine's clock. */
  public Outbox() {
    this(Clock.systemUTC());
  }

  Outbox(Clock clock) {
    this.clock = clock;
  }

  /** Lets what was given up be tried again, and says what is for nobody. */
  private synchronized void begin() {
    if (begun) {
      return;
    }
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = ?"
                    + " WHERE delivered_at IS NULL AND dead_at IS NOT NULL",
                clock.millis()));
    Set<String> known = new TreeSet<>(Set.of(Events.ARCHIVE));
    subscribers.all().forEach(subscriber -> known.add(subscriber.endpoint()));
    if (subscribers.isFetchingAssets()) {
      known.add(Events.ASSETS);
    }
    ledger
        .read(
            handle ->
                handle
                    .createQuery("SELECT DISTINCT endpoint FROM outbox WHERE" + OPEN)
                    .mapTo(String.class)
                    .list())
        .stream()
        .filter(endpoint -> !known.contains(endpoint))
        .forEach(this::reportRemoved);
    // not before: the ledger may be out of reach at first
    begun = true;
  }

  private void reportRemoved(String endpoint) {
    if (endpoint.equals(Events.ASSETS)) {
      LOG.warn(
          "Not all files behind earlier answers were fetched: set mediadrop.archive.assets ="
              + " download to have them fetched");
      return;
    }
    LOG.warn(
        "Deliveries for {} are kept, though that subscriber is not in the settings any more: set"
            + " mediadrop.{}.uri to have them sent",
        endpoint,
        endpoint);
  }

  /**
   * Whose files are to be fetched for the archive endpoint now, oldest first.
   *
   * @param underWay how many of them are under way already, and are in no other's way
   */
  public List<Delivery> dueAssets(int underWay) {
    return subscribers.isFetchingAssets() ? due(Events.ASSETS, underWay) : List.of();
  }

  /** What is to be sent to an endpoint now, oldest first; a batch at a time. */
  public List<Delivery> due(String endpoint) {
    return due(endpoint, 0);
  }

  private List<Delivery> due(String endpoint, int underWay) {
    Instant now = clock.instant();
    // nothing is sent a second time only because that it was taken could not be written
    begin();
    int room = !writes.areDone() || gone.has(endpoint) ? 0 : health.room(endpoint, BATCH, now);
    return room == 0 || !open.computeIfAbsent(endpoint, this::anyFor).isThere()
        ? List.of()
        : ledger.read(handle -> due(handle, endpoint, now.toEpochMilli(), room + underWay));
  }

  private Presence anyFor(String endpoint) {
    return new Presence(
        ledger,
        handle ->
            handle
                .createQuery("SELECT 1 FROM outbox WHERE endpoint = ? AND" + OPEN + " LIMIT 1")
                .bind(0, endpoint)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  private static List<Delivery> due(Handle handle, String endpoint, long now, int room) {
    String due =
        endpoint.equals(Events.ASSETS)
            ? DUE + AFTER_RECORDS + FIRST
            : DUE + (room == 1 ? LEAST_TRIED : FIRST);
    return handle
        .createQuery(due)
        .bind("endpoint", endpoint)
        .bind("now", now)
        .bind("farthest", now + FARTHEST.toMillis())
        .bind("room", room)
        .map(
            (row, context) ->
                new Delivery(
                    row.getString("id"),
                    row.getString("endpoint"),
                    row.getString("type"),
                    row.getString("drop_id"),
                    row.getLong("happened_at"),
                    row.getInt("attempts"),
                    row.getString("data")))
        .list();
  }

  /** Records that the endpoint has taken it. */
  public void delivered(@Variable("delivery") Delivery delivery) {
    health.took(delivery.endpoint());
    long now = clock.millis();
    writes.add(
        handle ->
            Sql.update(
                handle,
                "UPDATE outbox SET delivered_at = ?, attempts = attempts + 1, last_error = NULL"
                    + " WHERE id = ? AND endpoint = ?",
                now,
                delivery.id(),
                delivery.endpoint()));
  }

  /** Records that the endpoint did not take it: it is due again later, or given up. */
  public void failed(
      @Variable("delivery") Delivery delivery,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception caught) {
    Instant now = clock.instant();
    DeliveryFailure failure = DeliveryFailure.of(caught, secrets, now);
    boolean ended = failure.gone() && delivery.isForSubscriber();
    Optional<Duration> wait =
        ended
            ? Optional.of(Duration.ZERO)
            : waits.after(delivery.attempts() + 1).map(time -> Waits.longer(time, failure.pause()));
    if (ended) {
      gone.add(delivery, now);
    } else if (wait.isPresent()) {
      health.refused(delivery, failure, wait.get(), now);
    } else {
      health.gaveUp(delivery, failure, now);
    }
    long due = now.plus(wait.orElse(Duration.ZERO)).toEpochMilli();
    Long dead = wait.isPresent() ? null : now.toEpochMilli();
    writes.add(
        handle ->
            handle.execute(
                "UPDATE outbox SET attempts = attempts + 1, last_error = ?, due_at = ?, dead_at = ?"
                    + " WHERE id = ? AND endpoint = ?",
                failure.said(),
                due,
                dead,
                delivery.id(),
                delivery.endpoint()));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
    writes = new GroupedWrites(ledger);
  }

  public void setSubscribers(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  public void setHealth(EndpointHealth health) {
    this.health = health;
  }

  public void setGone(GoneEndpoints gone) {
    this.gone = gone;
  }

  public void setSecrets(EndpointSecrets secrets) {
    this.secrets = secrets;
  }

  public void setWaits(Waits waits) {
    this.waits = waits;
  }
}
