package io.mediadrop.source;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

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

  /** Whether there were others. */
  boolean hasLeftOut() {
    return offered > kept.size();
  }

  /** The first ones, in their order. */
  Deque<T> inOrder() {
    return kept.stream().sorted(order).collect(Collectors.toCollection(ArrayDeque::new));
  }
}
