package io.mediadrop.source;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Keeps the first few of many things, without ordering all of them. */
class Oldest<T> {

  private final int most;
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;
  private int offered;

  Oldest(int most, Comparator<T> order) {
    this.most = most;
    this.order = order;
    kept = new PriorityQueue<>(order.reversed());
  }

  void offer(T thing) {
    offered++;
    if (kept.size() < most) {
      kept.add(thing);
    } else if (most > 0 && order.compare(thing, kept.peek()) < 0) {
      kept.poll();
      kept.add(thing);
    }
  }

  /** How many were offered. */
  int offered() {
    return offered;
  }

  /** How many of them were kept. */
  int kept() {
    return kept.size();
  }

  /** The first ones, in no particular order. */
  Stream<T> all() {
    return kept.stream();
  }
}
