package io.mediadrop.api.pace;

import io.mediadrop.lane.Lane;
import java.time.Duration;
import java.util.Collection;

/**
 * What the settings grant a connection.
 *
 * @param perMinute calls that come back per minute; 0 for no limit
 * @param burst calls that may be made at once after a rest, at least 1
 */
record Allowance(double perMinute, long burst) {

  static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private static final Allowance UNLIMITED = new Allowance(0, Long.MAX_VALUE);

  /** The lowest of what these lanes of one connection say. */
  static Allowance lowest(Collection<Lane> lanes) {
    return lanes.stream().map(Allowance::of).reduce(UNLIMITED, Allowance::lower);
  }

  static Allowance of(Lane lane) {
    return lane.ratePerMinute() > 0
        ? new Allowance(lane.ratePerMinute(), Math.max(1, lane.burst()))
        : UNLIMITED;
  }

  private Allowance lower(Allowance other) {
    double slower = Math.min(perMinute, other.perMinute);
    return new Allowance(
        slower > 0 ? slower : Math.max(perMinute, other.perMinute), Math.min(burst, other.burst));
  }

  boolean isUnlimited() {
    return perMinute <= 0;
  }
}
