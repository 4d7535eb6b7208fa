package io.mediadrop.notify;

import io.mediadrop.ledger.Backlog;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OutboxRows;
import io.mediadrop.ledger.Presence;
import io.mediadrop.ledger.Untold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Chooses what an endpoint is told next, and how much of it at once. */
class NextDeliveries {

  private static final int BATCH = 200;

  private final Map<String, Presence> open = new ConcurrentHashMap<>();
  private final OutboxRows rows;
  private final Backlog backlog;
  private final EndpointHealth health;
  private final Subscribers subscribers;

  NextDeliveries(Ledger ledger, EndpointHealth health, Subscribers subscribers) {
    rows = new OutboxRows(ledger);
    backlog = new Backlog(ledger);
    this.health = health;
    this.subscribers = subscribers;
  }

  /**
   * A batch with one of each subject at most.
   *
   * @param underWay how many of them are under way already, and are in no other's way
   */
  List<Delivery> of(String endpoint, int underWay, Instant now) {
    int room = health.room(endpoint, BATCH, now);
    if (room == 0 || !open.computeIfAbsent(endpoint, backlog::presence).isThere()) {
      return List.of();
    }
    List<Untold> due = due(endpoint, now, room + underWay);
    List<Delivery> deliveries = deliveries(endpoint, due, false);
    if (due.size() < room) {
      deliveries.addAll(deliveries(endpoint, early(endpoint, now, room - due.size()), true));
    }
    return deliveries;
  }

  /** What waits again comes before what is new, or in turns with it where there is room for one. */
  private List<Untold> due(String endpoint, Instant now, int room) {
    boolean newFirst = room == 1 && health.isTurnOfNew(endpoint);
    List<Untold> due = newFirst ? rows.fresh(endpoint, 1) : again(endpoint, now, room);
    if (due.size() < room) {
      due.addAll(newFirst ? again(endpoint, now, 1) : rows.fresh(endpoint, room - due.size()));
    }
    return due;
  }

  /** What the endpoint will never take must not be all that it is tried with. */
  private List<Untold> again(String endpoint, Instant now, int room) {
    return room == 1 ? rows.leastTried(endpoint, now) : rows.due(endpoint, now, room);
  }

  /** What is not due, but may be taken now; each of it once, after an endpoint was away. */
  private List<Untold> early(String endpoint, Instant now, int room) {
    CatchingUp.Place from = health.catchesUpFrom(endpoint, now);
    if (from != null) {
      List<Untold> early = rows.waiting(endpoint, now, from.dueAt(), from.seq(), room);
      health.catchesUp(endpoint, early, now);
      return early;
    }
    return health.isToBeTried(endpoint, now) ? rows.leastTriedEarly(endpoint, now) : List.of();
  }

  private List<Delivery> deliveries(String endpoint, List<Untold> untold, boolean early) {
    Subscriber subscriber = subscribers.at(endpoint);
    List<Delivery> deliveries = new ArrayList<>();
    untold.forEach(row -> deliveries.add(new Delivery(row, endpoint, early, subscriber)));
    return deliveries;
  }
}
