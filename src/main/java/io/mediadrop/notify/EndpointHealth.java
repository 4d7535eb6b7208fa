package io.mediadrop.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each endpoint does at the moment. One that takes nothing is tried with one delivery at a
 * time, and from the second one on not with another one at once, so that a long outage does not use
 * up the attempts of all that wait for it.
 */
public class EndpointHealth {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  /** So soon it is noticed that an outage is over, or that only one delivery was not wanted. */
  private static final Duration LONGEST_QUIET = Duration.ofMinutes(5);

  private record Trouble(Instant quietUntil, boolean dead) {}

  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  /** How many deliveries may be under way at an endpoint that could take so many. */
  int room(String endpoint, int most, Instant now) {
    Trouble trouble = troubles.get(endpoint);
    if (trouble == null) {
      return most;
    }
    return now.isBefore(trouble.quietUntil()) ? 0 : 1;
  }

  /** The endpoint has taken something. */
  void took(String endpoint) {
    if (!troubles.isEmpty() && troubles.remove(endpoint) != null) {
      LOG.info("{} takes deliveries again", endpoint);
    }
  }

  /**
   * The endpoint has not taken something. Where it has taken nothing since the last one, it is left
   * alone for a while; else perhaps only this one is not wanted.
   *
   * @param next when the delivery is tried again, from now
   */
  void refused(Delivery delivery, DeliveryFailure failure, Duration next, Instant now) {
    Trouble before = troubles.get(delivery.endpoint());
    Duration quiet = before == null ? Duration.ZERO : quiet(delivery, next);
    Instant quietUntil = now.plus(Waits.longer(failure.pause(), quiet));
    troubles.put(delivery.endpoint(), new Trouble(quietUntil, isDead(delivery.endpoint())));
    if (before == null) {
      LOG.warn(
          "{} did not take {}, next attempt in {} s: {}",
          delivery.endpoint(),
          delivery.id(),
          next.toSeconds(),
          failure.said());
    }
  }

  private static Duration quiet(Delivery delivery, Duration next) {
    // each of the files behind answers comes from a server of its own
    return delivery.endpoint().equals(Events.ASSETS)
        ? Duration.ZERO
        : next.compareTo(LONGEST_QUIET) < 0 ? next : LONGEST_QUIET;
  }

  /** The endpoint has not taken something for the last time; says so until it takes one again. */
  void gaveUp(Delivery delivery, DeliveryFailure failure, Instant now) {
    if (!isDead(delivery.endpoint())) {
      LOG.error(
          "{} has not taken {} ({}) in {} attempts: {}. It is kept in the ledger, as all further"
              + " ones are, and tried again when mediadrop is started the next time",
          delivery.endpoint(),
          delivery.id(),
          delivery.type(),
          delivery.attempts() + 1,
          failure.said());
    }
    troubles.put(delivery.endpoint(), new Trouble(now.plus(failure.pause()), true));
  }

  private boolean isDead(String endpoint) {
    Trouble trouble = troubles.get(endpoint);
    return trouble != null && trouble.dead();
  }
}
