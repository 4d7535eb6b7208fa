package io.mediadrop.remote;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when files are missing from the listings of their server, by our own clock. */
class AbsentFiles {

  private final Map<String, Long> since = new ConcurrentHashMap<>();

  /** A listing had the file with this origin, or could not have it. */
  void seen(String origin) {
    since.remove(origin);
  }

  /** A listing did not have the file; whether none has had it for this time. */
  boolean isMissingFor(Duration time, String origin) {
    long now = System.nanoTime();
    Long first = since.putIfAbsent(origin, now);
    return now - (first == null ? now : first) >= time.toNanos();
  }
}
