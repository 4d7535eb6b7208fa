package io.mediadrop.api.pace;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotNow;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.Place;
import io.mediadrop.ledger.Connections;
import io.mediadrop.ledger.RateLevels;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limits of all connections, by the lanes that upload for them. */
public class RateLimits {

  /** One line for every call, for those who want to reckon. */
  private static final Logger CALLS = LoggerFactory.getLogger("mediadrop.calls");

  private final Map<String, SharedLimit> limits = new ConcurrentHashMap<>();
  private final Clock clock = Clock.systemUTC();
  private Home home;
  private Lanes lanes;
  private Intake intake;
  private RateLevels levels;

  /** A call that may be made. */
  public record Admitted(
      SharedLimit shared,
      Bucket.Sent sent,
      Lane lane,
      Priority priority,
      Place place,
      long sentAt) {}

  /** Has the levels noted when the routes have stopped, while the ledger is still open. */
  public void open() {
    home.closeFirst(() -> limits.values().forEach(shared -> shared.memory().noteAll()));
  }

  /**
   * Returns once the lane's connection may make one more call; at once where there is no limit and
   * the API has not asked it to wait. While it waits, others may have the file's place.
   *
   * @param drop what the call is made for; null where it is about no file
   * @param place of the file among those that are uploaded at once; null if it has none
   * @param reservation the calls that are kept for the file; null if none are
   * @throws NotNow if it would hold the worker for too long
   */
  public Admitted take(Lane lane, Drop drop, Place place, Reservation reservation)
      throws InterruptedException, NotNow {
    SharedLimit shared = of(lane);
    Priority priority = Priority.of(drop);
    Bucket.Sent sent;
    try (Place.Wait wait = new Place.Wait(place)) {
      sent = shared.limit().take(priority, reservation, intake::isOpen, wait);
    }
    shared.memory().noteAhead();
    if (place != null) {
      place.call();
    }
    return new Admitted(shared, sent, lane, priority, place, System.nanoTime());
  }

  /**
   * The call has come to an end.
   *
   * @param status of the answer; null where there was none
   * @param headers which must be looked up without regard to case, as Camel's are
   */
  public void ended(Admitted call, Integer status, Map<String, Object> headers) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.sentAt());
    CALLS.debug("{} {} {} {}", call.lane(), call.priority(), status, millis);
    if (call.place() != null) {
      call.place().answered();
    }
    RateHeaders answer = status == null ? null : RateHeaders.of(status, headers, clock.instant());
    call.shared().limit().ended(call.sent(), answer);
  }

  /**
   * How many new files may be begun now, each of which needs its first two calls soon. Cheap, and
   * waits for nobody.
   */
  public int newUploads(Lane lane) {
    return of(lane).limit().newUploads(lane.name());
  }

  /** Keeps the first two calls for a file that was admitted; null where there is no limit. */
  public Reservation reserve(Lane lane) {
    return of(lane).limit().reserve();
  }

  /** Whether the lane's connection could make a call that none of its uploads wants. */
  public boolean canSpare(Lane lane) {
    return of(lane).limit().canSpare();
  }

  /** Whether the lane's calls are limited, by its own settings or by those of a lane beside it. */
  public boolean hasLimit(Lane lane) {
    return !of(lane).limit().allowance().isUnlimited();
  }

  /** How many calls the lane's connection has left; empty where they are not limited. */
  public OptionalDouble callsLeft(Lane lane) {
    RateLimit limit = of(lane).limit();
    return limit.allowance().isUnlimited()
        ? OptionalDouble.empty()
        : OptionalDouble.of(limit.level());
  }

  /** How long the lane cannot make any call. */
  public Duration closedFor(Lane lane) {
    return of(lane).limit().closedFor();
  }

  private SharedLimit of(Lane lane) {
    return limits
        .computeIfAbsent(lane.getConnectionId(), id -> SharedLimit.of(lane, levels))
        .usedBy(lane, lanes);
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** By which the ledger knows connections, and what they have left. */
  public void setConnections(Connections connections) {
    levels = new RateLevels(connections);
  }
}
