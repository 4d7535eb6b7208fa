package io.mediadrop.api.pace;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.RateLevels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit of a connection, with the lanes that share it. Where they disagree the lowest holds.
 */
final class SharedLimit {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Map<String, Lane> users = new ConcurrentHashMap<>();
  private final RateLimit limit;
  private final RateMemory memory;
  private boolean warned;

  private SharedLimit(RateLimit limit, RateMemory memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /** The limit of this lane's connection, as an earlier run has left it. */
  static SharedLimit of(Lane lane, RateLevels levels) {
    String id = lane.getConnectionId();
    Allowance allowance = Allowance.of(lane);
    double level = allowance.isUnlimited() ? 0 : RateMemory.recall(id, allowance, levels);
    RateLimit limit = new RateLimit(allowance, level, System::nanoTime);
    return new SharedLimit(limit, new RateMemory(limit, id, levels));
  }

  RateLimit limit() {
    return limit;
  }

  RateMemory memory() {
    return memory;
  }

  /** The same, for this lane too; those that there are no more have no say. */
  SharedLimit usedBy(Lane lane, Lanes lanes) {
    if (users.get(lane.name()) != lane || users.values().stream().anyMatch(isGone(lanes))) {
      agree(lane, lanes);
    }
    return this;
  }

  private static Predicate<Lane> isGone(Lanes lanes) {
    return user -> lanes.byName(user.name()) != user;
  }

  private synchronized void agree(Lane lane, Lanes lanes) {
    users.values().removeIf(isGone(lanes));
    users.put(lane.name(), lane);
    Allowance lowest = Allowance.lowest(users.values());
    limit.allow(lowest);
    if (!warned && users.values().stream().anyMatch(user -> !Allowance.of(user).equals(lowest))) {
      warned = true;
      LOG.warn(
          "The lanes {} upload for one connection and disagree on ratePerMinute or burst:"
              + " the lowest is used, {} calls a minute and {} at once",
          String.join(", ", users.keySet().stream().sorted().toList()),
          lowest.perMinute(),
          lowest.burst());
    }
  }
}
