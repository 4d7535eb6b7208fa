package io.mediadrop.notify;

import io.mediadrop.ledger.Backlog;
import io.mediadrop.ledger.Events;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what an earlier run could not tell: what it had given up is tried again, and for whom
 * nobody is there is said.
 */
class LeftUntold {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private final Backlog backlog;
  private final Subscribers subscribers;
  private final EndpointHealth health;
  private boolean done;

  LeftUntold(Backlog backlog, Subscribers subscribers, EndpointHealth health) {
    this.backlog = backlog;
    this.subscribers = subscribers;
    this.health = health;
  }

  /** Does that once, as soon as the ledger can be written. */
  synchronized void takeOver(Instant now) {
    if (done) {
      return;
    }
    Set<String> known = new TreeSet<>(subscribers.subscribers());
    known.add(Events.ARCHIVE);
    if (subscribers.isFetchingAssets()) {
      known.add(Events.ASSETS);
    }
    for (Backlog.Behind behind : backlog.revive()) {
      if (!known.contains(behind.endpoint())) {
        reportRemoved(behind.endpoint());
      } else if (behind.refused() > 0 && !behind.endpoint().equals(Events.ASSETS)) {
        health.isBehind(behind.endpoint(), behind.refused(), now);
      }
    }
    done = true;
  }

  private static void reportRemoved(String endpoint) {
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
}
