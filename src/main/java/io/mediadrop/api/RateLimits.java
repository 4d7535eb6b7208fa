package io.mediadrop.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.mediadrop.lane.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;

/** Keeps the calls of each connection within what the API allows it. */
public class RateLimits {

  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** Returns once the connection may make one more call; at once where there is no limit. */
  public void take(@Variable("lane") Lane lane) throws InterruptedException {
    if (lane.ratePerMinute() > 0) {
      bucketOf(lane).asBlocking().consume(1);
    }
  }

  private Bucket bucketOf(Lane lane) {
    return buckets.computeIfAbsent(
        lane.getConnectionId(), id -> newBucket(lane.ratePerMinute(), lane.burst()));
  }

  private static Bucket newBucket(double perMinute, long burst) {
    Duration perCall = Duration.ofNanos((long) (NANOS_PER_MINUTE / perMinute));
    Bandwidth limit =
        Bandwidth.builder().capacity(Math.max(1, burst)).refillGreedy(1, perCall).build();
    return Bucket.builder().addLimit(limit).build();
  }
}
