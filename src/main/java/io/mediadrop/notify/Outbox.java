package io.mediadrop.notify;

import io.mediadrop.file.Home;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Presence;
import io.mediadrop.ledger.Sql;
import io.mediadrop.notify.CatchingUp.Place;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still to be told, per endpoint; kept in the ledger until it is delivered. */
public class Outbox implements CamelContextAware {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private static final int BATCH = 200;

  private static final String OPEN = " delivered_at IS NULL AND dead_at IS NULL";

  /** At its time, a first attempt, or one further away than any wait: the clock was set back. */
  private static final String IS_DUE =
      "(due_at <= :now OR due_at > :farthest OR attempts = 0 AND due_at IS NOT NULL)";

  /** The first of each subject's open deliveries. */
  private static final String FIRST_ONES =
      "SELECT id, endpoint, type, drop_id, happened_at, attempts, data, due_at, NOT "
          + IS_DUE
          + " AS early FROM outbox o WHERE endpoint = :endpoint AND due_at IS NOT NULL AND"
          + OPEN
          + " AND NOT EXISTS (SELECT 1 FROM outbox before WHERE before.subject = o.subject"
          + " AND before.endpoint = o.endpoint AND before.number < o.number"
          + " AND before.delivered_at IS NULL AND before.dead_at IS NULL)";

  private static final String DUE = FIRST_ONES + " AND " + IS_DUE;

  /** Only once the archive endpoint has the records of the subject, which are small. */
  private static final String AFTER_RECORDS =
      " AND NOT EXISTS (SELECT 1 FROM outbox records WHERE records.subject = o.subject"
          + " AND records.endpoint = 'archive' AND records.delivered_at IS NULL"
          + " AND records.dead_at IS NULL)";

  private static final String FIRST = " ORDER BY due_at LIMIT :room";

  /** What the endpoint will never take must not be all that it is tried with. */
  private static final String LEAST_TRIED = " ORDER BY attempts, due_at LIMIT :room";

  private static final String NOT_DUE = " AND NOT " + IS_DUE;

  /** What has waited for an endpoint that took nothing, each once. */
  private static final String CATCH_UP =
      FIRST_ONES
          + NOT_DUE
          + " AND (due_at > :from OR due_at = :from AND id > :after)"
          + " ORDER BY due_at, id LIMIT :room";

  /** No wait is longer, with its jitter. */
  private static final Duration FARTHEST = Duration.ofHours(36);

  /** What is tried early says nothing of how long it would wait itself. */
  private static final Duration LONGEST_EARLY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<String, Presence> open = new ConcurrentHashMap<>();
  private final EndpointHealth health = new EndpointHealth();
  private CamelContext camelContext;
  private Home home;
  private Ledger ledger;
  private GroupedWrites writes;
  private boolean begun;
  private Subscribers subscribers;
  private GoneEndpoints gone;
  private EndpointSecrets secrets;
  private String archive;
  private Waits waits;

  /** Takes its times from the machine's clock. */
  public Outbox() {
    this(Clock.systemUTC());
  }

  Outbox(Clock clock) {
    this.clock = clock;
  }

  /**
   * Says who is told nothing any more.
   *
   * @throws IOException if the notes of that cannot be read
   */
  public void open() throws IOException {
    writes = new GroupedWrites(ledger);
    secrets = new EndpointSecrets(camelContext, subscribers, archive);
    gone = new GoneEndpoints(home, subscribers);
    gone.open();
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
    Instant now = clock.instant();
    for (Behind behind : ledger.read(Outbox::behind)) {
      if (!known.contains(behind.endpoint())) {
        reportRemoved(behind.endpoint());
      } else if (behind.refused() > 0 && !behind.endpoint().equals(Events.ASSETS)) {
        health.isBehind(behind.endpoint(), behind.refused(), now);
      }
    }
    // not before: the ledger may be out of reach at first
    begun = true;
  }

  /** An endpoint that has not taken everything, and how much of it was tried in vain. */
  private record Behind(String endpoint, int refused) {}

  private static List<Behind> behind(Handle handle) {
    return handle
        .createQuery(
            "SELECT endpoint, COUNT(CASE WHEN attempts > 0 THEN 1 END) AS refused FROM outbox WHERE"
                + OPEN
                + " GROUP BY endpoint")
        .map((row, context) -> new Behind(row.getString("endpoint"), row.getInt("refused")))
        .list();
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
    if (room == 0 || !open.computeIfAbsent(endpoint, this::anyFor).isThere()) {
      return List.of();
    }
    List<Delivery> due = select(dueAt(endpoint, room), endpoint, now, room + underWay);
    if (due.size() < room) {
      due.addAll(early(endpoint, now, room - due.size()));
    }
    return due;
  }

  /** What is not due, but may be taken now; each of it once, after an endpoint was away. */
  private List<Delivery> early(String endpoint, Instant now, int room) {
    Place from = health.catchesUpFrom(endpoint, now);
    if (from != null) {
      List<Delivery> early = select(CATCH_UP, endpoint, now, room, from);
      health.catchesUp(endpoint, early, now);
      return early;
    }
    return health.isToBeTried(endpoint, now)
        ? select(FIRST_ONES + NOT_DUE + LEAST_TRIED, endpoint, now, 1)
        : List.of();
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

  private static String dueAt(String endpoint, int room) {
    return endpoint.equals(Events.ASSETS)
        ? DUE + AFTER_RECORDS + FIRST
        : DUE + (room == 1 ? LEAST_TRIED : FIRST);
  }

  private List<Delivery> select(String query, String endpoint, Instant now, int room) {
    return select(query, endpoint, now, room, null);
  }

  private List<Delivery> select(String query, String endpoint, Instant now, int room, Place from) {
    return ledger.read(
        handle ->
            handle
                .createQuery(query)
                .configure(SqlStatements.class, allowed -> allowed.setUnusedBindingAllowed(true))
                .bind("from", from == null ? 0 : from.dueAt())
                .bind("after", from == null ? "" : from.id())
                .bind("endpoint", endpoint)
                .bind("now", now.toEpochMilli())
                .bind("farthest", now.plus(FARTHEST).toEpochMilli())
                .bind("room", room)
                .map(
                    (row, context) ->
                        new Delivery(
                            row.getString("id"),
                            row.getString("endpoint"),
                            row.getString("type"),
                            row.getObject("drop_id") == null ? null : row.getLong("drop_id"),
                            row.getLong("happened_at"),
                            row.getInt("attempts"),
                            row.getString("data"),
                            row.getLong("due_at"),
                            row.getBoolean("early"),
                            subscribers.at(endpoint)))
                .collect(Collectors.toCollection(ArrayList::new)));
  }

  /** Records that the endpoint has taken it. */
  public void delivered(@Variable("delivery") Delivery delivery) {
    health.took(delivery);
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
    if (failure.gone() && delivery.isForSubscriber()) {
      gone.add(delivery, now);
      record(delivery, failure, now, null);
    } else if (delivery.isEarly()) {
      // its own time is still to come
      health.refused(delivery, failure, LONGEST_EARLY, now, () -> waiting(delivery.endpoint()));
    } else {
      fail(delivery, failure, now);
    }
  }

  private void fail(Delivery delivery, DeliveryFailure failure, Instant now) {
    Optional<Duration> wait =
        waits.after(delivery.attempts() + 1).map(time -> Waits.longer(time, failure.pause()));
    record(
        delivery,
        failure,
        now.plus(wait.orElse(Duration.ZERO)),
        wait.isPresent() ? null : now.toEpochMilli());
    if (wait.isPresent()) {
      health.refused(delivery, failure, wait.get(), now, () -> waiting(delivery.endpoint()));
    } else {
      health.gaveUp(delivery, failure, now);
    }
  }

  private int waiting(String endpoint) {
    return ledger.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM outbox WHERE endpoint = ? AND" + OPEN)
                .bind(0, endpoint)
                .mapTo(Integer.class)
                .one());
  }

  private void record(Delivery delivery, DeliveryFailure failure, Instant due, Long dead) {
    writes.add(
        handle ->
            handle.execute(
                "UPDATE outbox SET attempts = attempts + 1, last_error = ?, due_at = ?, dead_at = ?"
                    + " WHERE id = ? AND endpoint = ?",
                failure.said(),
                due.toEpochMilli(),
                dead,
                delivery.id(),
                delivery.endpoint()));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setSubscribers(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  /** The address of the archive endpoint. */
  public void setArchive(String archive) {
    this.archive = archive;
  }

  /** How long a delivery waits after each attempt that failed, separated by commas. */
  public void setWaits(String times) {
    waits = new Waits(times);
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}
