package io.mediadrop.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of call was answered with each status, since the start. */
public final class CallCounts {

  /** An API has some twenty; one that makes them up is not followed. */
  private static final int MOST = 100;

  /**
   * A kind of call and of answer.
   *
   * @param route init, whole, part, complete, check or media
   * @param status of HTTP, none where there was no answer, or other
   */
  public record Kind(String route, String status) {}

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String route, Integer status) {
    Kind kind = new Kind(route, status == null ? "none" : status.toString());
    LongAdder count = counts.get(kind);
    if (count == null) {
      Kind counted = counts.size() < MOST ? kind : new Kind(route, "other");
      count = counts.computeIfAbsent(counted, each -> new LongAdder());
    }
    count.increment();
  }

  /** All kinds that there were. */
  public Map<Kind, LongAdder> all() {
    return counts;
  }
}
