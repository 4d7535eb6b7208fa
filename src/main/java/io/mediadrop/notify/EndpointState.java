package io.mediadrop.notify;

import io.mediadrop.base.BackOff;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Untold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one endpoint does at the moment, and what was said of it. */
final class EndpointState {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  /** How long an endpoint that takes nothing is left alone at first; twice as long each time. */
  private static final Duration SHORTEST_QUIET = Duration.ofSeconds(5);

  private static final Duration LONGEST_QUIET = Duration.ofMinutes(5);

  /** How many deliveries an endpoint gets at once that has just begun to take some. */
  private static final int A_FEW = 8;

  private final String endpoint;
  private final CatchingUp catchingUp = new CatchingUp();
  private final LimitedTelling telling = new LimitedTelling();

  /** How often in a row it was tried in vain; those under way together count once or twice. */
  private int refusals;

  private int taken;
  private boolean told;
  private boolean dead;
  private String refusal;
  private Instant quietUntil = Instant.EPOCH;
  private Instant triedFrom = Instant.EPOCH;

  EndpointState(String endpoint) {
    this.endpoint = endpoint;
  }

  synchronized int room(int most, Instant now) {
    if (now.isBefore(quietUntil)) {
      return 0;
    }
    return refusals > 0 ? 1 : Math.min(most, A_FEW + taken);
  }

  synchronized String refusal() {
    return refusals > 0 ? refusal : null;
  }

  synchronized boolean hasGivenUp() {
    return dead;
  }

  /** In turns, while one delivery at a time looks whether the endpoint takes anything again. */
  synchronized boolean isTurnOfNew() {
    return refusals % 2 == 1;
  }

  synchronized boolean isToBeTried(Instant now) {
    return refusals > 0 && !isOfManyServers() && !now.isBefore(triedFrom);
  }

  synchronized CatchingUp.Place catchesUpFrom(Instant now) {
    return refusals > 1 ? null : catchingUp.place(now);
  }

  synchronized void catchesUp(List<Untold> early, Instant now) {
    if (early.isEmpty()) {
      catchingUp.isDone(now);
    } else {
      Untold last = early.get(early.size() - 1);
      catchingUp.goesOn(new CatchingUp.Place(last.dueAt(), last.seq()));
    }
  }

  synchronized void took(Delivery delivery) {
    taken++;
    catchingUp.took(delivery);
    if (refusals == 0) {
      return;
    }
    if (told) {
      LOG.info("{} takes messages again; those that have waited for it are sent now", endpoint);
    }
    if (!isOfManyServers()) {
      catchingUp.endpointIsBack(delivery);
    }
    refusals = 0;
    taken = 0;
    told = false;
    dead = false;
    quietUntil = Instant.EPOCH;
  }

  synchronized void isBehind(int waiting, Instant now) {
    LOG.info(
        "{} has not taken {} earlier {} yet: it is tried again now",
        endpoint,
        waiting,
        waiting == 1 ? "message" : "messages");
    refusals = 2;
    told = true;
    triedFrom = now;
  }

  synchronized void refused(
      Delivery delivery, DeliveryFailure failure, Duration next, Instant now, IntSupplier waiting) {
    refusal = failure.said();
    if (refusals > 1 && now.isBefore(quietUntil)) {
      // it was under way already when the endpoint was to be left alone
      quietUntil = later(quietUntil, now.plus(failure.pause()));
      return;
    }
    refusals++;
    Duration quiet = shorter(next, quiet());
    boolean alone = refusals > 1 && !isOfManyServers();
    quietUntil = now.plus(Waits.longer(failure.pause(), alone ? quiet : Duration.ZERO));
    triedFrom = later(quietUntil, now.plus(quiet));
    if (refusals == 1 && telling.isDue(now)) {
      told = true;
      int others = waiting.getAsInt();
      LOG.warn(
          "{} did not take {}, next attempt in {} s, {} waiting{}: {}",
          endpoint,
          delivery,
          Duration.between(now, isOfManyServers() ? now.plus(next) : triedFrom).toSeconds(),
          others == 1 ? "1 message is" : others + " messages are",
          telling.isLast() ? "; more of this is told in an hour" : "",
          failure.said());
    }
  }

  private Duration quiet() {
    return BackOff.doubled(SHORTEST_QUIET, refusals - 2, LONGEST_QUIET);
  }

  synchronized void gaveUp(Delivery delivery, DeliveryFailure failure, Instant now) {
    refusal = failure.said();
    if (!dead) {
      LOG.error(
          "{} has not taken {} in {} attempts: {}. It is kept in the ledger, as all further"
              + " ones are, and tried again when mediadrop is started the next time",
          endpoint,
          delivery,
          delivery.untold().attempts() + 1,
          failure.said());
    }
    dead = true;
    told = true;
    refusals = Math.max(1, refusals);
    quietUntil = now.plus(failure.pause());
    triedFrom = later(quietUntil, now.plus(quiet()));
  }

  /** Each of the files behind answers comes from a server of its own. */
  private boolean isOfManyServers() {
    return endpoint.equals(Events.ASSETS);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
