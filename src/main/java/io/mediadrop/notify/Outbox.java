package io.mediadrop.notify;

import io.mediadrop.file.Home;
import io.mediadrop.ledger.Backlog;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** What is still to be told, per endpoint; kept in the ledger until it is taken. */
public class Outbox implements CamelContextAware {

  /** What is tried early says nothing of how long it would wait itself. */
  private static final Duration LONGEST_EARLY = Duration.ofMinutes(5);

  private final Clock clock;
  private final EndpointHealth health = new EndpointHealth();
  private CamelContext camelContext;
  private Home home;
  private Ledger ledger;
  private Backlog backlog;
  private GroupedWrites writes;
  private NextDeliveries next;
  private LeftUntold leftUntold;
  private Subscribers subscribers;
  private GoneEndpoints gone;
  private EndpointSecrets secrets;
  private String archive;
  private Waits waits;
  private Standings standings;

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
    backlog = new Backlog(ledger);
    writes = new GroupedWrites(ledger, clock);
    next = new NextDeliveries(ledger, health, subscribers);
    leftUntold = new LeftUntold(backlog, subscribers, health);
    secrets = new EndpointSecrets(camelContext, subscribers, archive);
    gone = new GoneEndpoints(home, subscribers);
    gone.open();
    standings = new Standings(backlog, health, subscribers, gone);
    home.closeFirst(writes::areDone);
  }

  /**
   * Whose files are to be fetched for the archive endpoint now.
   *
   * @param underWay how many of them are under way already, and are in no other's way
   */
  public List<Delivery> dueAssets(int underWay) {
    return subscribers.isFetchingAssets() ? due(Events.ASSETS, underWay) : List.of();
  }

  /** What is to be sent to an endpoint now; a batch at a time, with one of each subject. */
  public List<Delivery> due(String endpoint) {
    return due(endpoint, 0);
  }

  private List<Delivery> due(String endpoint, int underWay) {
    Instant now = clock.instant();
    leftUntold.takeOver(now);
    // nothing is sent a second time only because that it was taken could not be written
    return !writes.areDone() || gone.has(endpoint) ? List.of() : next.of(endpoint, underWay, now);
  }

  /** Records that the endpoint has taken it. */
  public void delivered(@Variable("delivery") Delivery delivery) {
    health.took(delivery);
    writes.add(delivery.untold()::taken);
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
      refused(delivery, failure, LONGEST_EARLY, now);
    } else {
      fail(delivery, failure, now);
    }
  }

  private void fail(Delivery delivery, DeliveryFailure failure, Instant now) {
    Optional<Duration> wait =
        waits
            .after(delivery.untold().attempts() + 1)
            .map(time -> Waits.longer(time, failure.pause()));
    record(
        delivery,
        failure,
        now.plus(wait.orElse(Duration.ZERO)),
        wait.isPresent() ? null : now.toEpochMilli());
    if (wait.isPresent()) {
      refused(delivery, failure, wait.get(), now);
    } else {
      health.gaveUp(delivery, failure, now);
    }
  }

  private void refused(Delivery delivery, DeliveryFailure failure, Duration wait, Instant now) {
    health.refused(delivery, failure, wait, now, () -> waiting(delivery));
  }

  /** How things are with each endpoint, at little cost. */
  public List<Standing> standings() {
    return standings.all();
  }

  private int waiting(Delivery delivery) {
    writes.areDone();
    return backlog.count(delivery.endpoint());
  }

  private void record(Delivery delivery, DeliveryFailure failure, Instant next, Long dead) {
    writes.add(handle -> delivery.untold().refused(handle, failure.said(), next, dead));
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
