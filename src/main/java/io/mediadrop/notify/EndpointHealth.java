package io.mediadrop.notify;

import io.mediadrop.ledger.Untold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * How each endpoint does at the moment. One that takes nothing is tried with one delivery at a
 * time, less and less often, so that a long outage does not use up the attempts of all that wait
 * for it. Once it takes one, all that have waited are due, a few at first.
 */
class EndpointHealth {

  private final Map<String, EndpointState> states = new ConcurrentHashMap<>();

  /** How many deliveries may be under way at an endpoint that could take so many. */
  int room(String endpoint, int most, Instant now) {
    EndpointState state = states.get(endpoint);
    return state == null ? most : state.room(most, now);
  }

  /** Whether what the endpoint was not tried with yet comes before what it has refused. */
  boolean isTurnOfNew(String endpoint) {
    EndpointState state = states.get(endpoint);
    return state != null && state.isTurnOfNew();
  }

  /** Whether it is time to try an endpoint that takes nothing with a delivery that is not due. */
  boolean isToBeTried(String endpoint, Instant now) {
    EndpointState state = states.get(endpoint);
    return state != null && state.isToBeTried(now);
  }

  /** From where on deliveries that are not due may be tried all the same; null for none. */
  CatchingUp.Place catchesUpFrom(String endpoint, Instant now) {
    EndpointState state = states.get(endpoint);
    return state == null ? null : state.catchesUpFrom(now);
  }

  /** These are about to be tried before their time; none if no more are left. */
  void catchesUp(String endpoint, List<Untold> early, Instant now) {
    stateOf(endpoint).catchesUp(early, now);
  }

  /** The endpoint has taken something. */
  void took(Delivery delivery) {
    EndpointState state = states.get(delivery.endpoint());
    if (state != null) {
      state.took(delivery);
    }
  }

  /** The endpoint had not taken all when mediadrop stopped. */
  void isBehind(String endpoint, int waiting, Instant now) {
    stateOf(endpoint).isBehind(waiting, now);
  }

  /**
   * The endpoint has not taken something. Where it has taken nothing since the last one, it is left
   * alone for a while; else perhaps only this one is not wanted.
   *
   * @param next when the delivery is due again, from now
   * @param waiting how many deliveries wait for the endpoint
   */
  void refused(
      Delivery delivery, DeliveryFailure failure, Duration next, Instant now, IntSupplier waiting) {
    stateOf(delivery.endpoint()).refused(delivery, failure, next, now, waiting);
  }

  /** The endpoint has not taken something for the last time; says so until it takes one again. */
  void gaveUp(Delivery delivery, DeliveryFailure failure, Instant now) {
    stateOf(delivery.endpoint()).gaveUp(delivery, failure, now);
  }

  /** What the endpoint said when it took nothing last; null if it has taken something since. */
  String refusalOf(String endpoint) {
    EndpointState state = states.get(endpoint);
    return state == null ? null : state.refusal();
  }

  /** Whether something was given up since the endpoint took anything. */
  boolean hasGivenUp(String endpoint) {
    EndpointState state = states.get(endpoint);
    return state != null && state.hasGivenUp();
  }

  private EndpointState stateOf(String endpoint) {
    return states.computeIfAbsent(endpoint, EndpointState::new);
  }
}
