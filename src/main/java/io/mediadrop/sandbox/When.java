package io.mediadrop.sandbox;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The calls a fault is meant for. Counting starts when the rule is added to a script. */
public final class When {
  private final Route route;
  private final String connection;
  private final long first;
  private final long last;
  private final double probability;
  private final long seed;
  private final AtomicLong seen = new AtomicLong();
  private final Random random;

  private When(
      Route route, String connection, long first, long last, double probability, long seed) {
    this.route = route;
    this.connection = connection;
    this.first = first;
    this.last = last;
    this.probability = probability;
    this.seed = seed;
    this.random = new Random(seed);
  }

  public static When anyCall() {
    return route(null);
  }

  public static When route(Route route) {
    return new When(route, null, 1, Long.MAX_VALUE, 1, 0);
  }

  /** Only calls that name this connection. */
  public When connection(String id) {
    return new When(route, id, first, last, probability, seed);
  }

  /** Only the n-th matching call, from 1. */
  public When call(long number) {
    return calls(number, number);
  }

  /** Only the n-th to m-th matching call, from 1, both inclusive. */
  public When calls(long from, long to) {
    return new When(route, connection, from, to, probability, seed);
  }

  /** Each matching call with this probability, 0 to 1; the same seed chooses the same calls. */
  public When probability(double chance, long seed) {
    return new When(route, connection, first, last, chance, seed);
  }

  When fresh() {
    return new When(route, connection, first, last, probability, seed);
  }

  boolean applies(Route called, String by) {
    boolean matches =
        (route == null || route == called) && (connection == null || connection.equals(by));
    if (!matches) {
      return false;
    }
    long number = seen.incrementAndGet();
    return number >= first && number <= last && (probability >= 1 || draw());
  }

  private synchronized boolean draw() {
    return random.nextDouble() < probability;
  }
}
