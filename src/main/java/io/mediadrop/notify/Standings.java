package io.mediadrop.notify;

import io.mediadrop.ledger.Backlog;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How things are with each endpoint: what waits for it, and why. */
class Standings {

  private static final Backlog.Waiting NOTHING = new Backlog.Waiting(0, 0);

  private final Map<String, Presence> open = new ConcurrentHashMap<>();
  private final Backlog backlog;
  private final EndpointHealth health;
  private final Subscribers subscribers;
  private final GoneEndpoints gone;

  Standings(Backlog backlog, EndpointHealth health, Subscribers subscribers, GoneEndpoints gone) {
    this.backlog = backlog;
    this.health = health;
    this.subscribers = subscribers;
    this.gone = gone;
  }

  /** One for each endpoint that the settings name. */
  List<Standing> all() {
    List<String> endpoints = new ArrayList<>(subscribers.subscribers());
    if (subscribers.isArchiveServed()) {
      endpoints.add(Events.ARCHIVE);
    }
    if (subscribers.isFetchingAssets()) {
      endpoints.add(Events.ASSETS);
    }
    return endpoints.stream().map(this::of).toList();
  }

  private Standing of(String endpoint) {
    boolean isAny = open.computeIfAbsent(endpoint, backlog::presence).isThere();
    Backlog.Waiting waiting = isAny ? backlog.waiting(endpoint) : NOTHING;
    return new Standing(
        endpoint,
        waiting.messages(),
        waiting.oldest() == 0 ? null : Instant.ofEpochMilli(waiting.oldest()),
        health.refusalOf(endpoint),
        health.hasGivenUp(endpoint),
        gone.has(endpoint) ? gone.note(endpoint).toString() : null);
  }
}
