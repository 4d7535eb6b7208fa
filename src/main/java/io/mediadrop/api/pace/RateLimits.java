package io.mediadrop.api.pace;

import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.Place;
import io.mediadrop.ledger.RateLevels;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the calls of each connection within what the API allows it, and lets it use all of it. */
public class RateLimits extends ServiceSupport implements CamelContextAware {

  /** One line for every call, for those who want to reckon. */
  private static final Logger CALLS = LoggerFactory.getLogger("mediadrop.calls");

  private final Map<String, SharedLimit> limits = new ConcurrentHashMap<>();
  private final Clock clock = Clock.systemUTC();
  private CamelContext camelContext;
  private Lanes lanes;
  private Intake intake;
  private RateLevels levels;

  /** A call that may be made. */
  public record Admitted(
      SharedLimit shared,
      Tokens.Sent sent,
      Lane lane,
      Priority priority,
      Place place,
      long sentAt) {}

  /** Has the levels noted when the routes have stopped, while the ledger is still open. */
  public void open() throws Exception {
    camelContext.addService(this);
  }

  /**
   * Returns once the connection may make one more call; at once where there is no limit and the API
   * has not asked it to wait. While it waits, others may have the file's place.
   *
   * @throws NotNow if it would hold the worker for too long
   */
  public PacedCall take(@Body PacedCall call, @Variable("reservation") Reservation reservation)
      throws InterruptedException, NotNow {
    Place place = call.place();
    Priority priority = Priority.of(call.drop());
    SharedLimit shared = of(call.lane());
    RateLimit limit = shared.limit();
    Tokens.Sent sent = null;
    try (Place.Wait wait = new Place.Wait(place)) {
      if (limit.allowance().isUnlimited()) {
        shared.rest().await(priority, intake::isOpen, wait);
      } else {
        sent = limit.take(priority, reservation, intake::isOpen, wait);
      }
    }
    if (sent != null) {
      shared.memory().noteAhead();
    }
    if (place != null) {
      place.call();
    }
    return call.with(new Admitted(shared, sent, call.lane(), priority, place, System.nanoTime()));
  }

  /** The call has come to an end; there are no headers of an answer where there was none. */
  public void ended(@Variable("call") PacedCall ended, @Headers Map<String, Object> headers) {
    Admitted call = ended.admitted();
    Integer status = (Integer) headers.get(Exchange.HTTP_RESPONSE_CODE);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.sentAt());
    CALLS.debug("{} {} {} {}", call.lane(), call.priority(), status, millis);
    if (call.place() != null) {
      call.place().answered();
    }
    RateHeaders answer = status == null ? null : RateHeaders.of(status, headers, clock.instant());
    if (call.sent() != null) {
      call.shared().limit().ended(call.sent(), answer);
    } else if (answer != null && answer.refused()) {
      call.shared().rest().ask(answer.retryAfter());
    }
  }

  /**
   * How many new files may be begun now, each of which needs its first two calls soon. Cheap, and
   * waits for nobody.
   */
  public int newUploads(Lane lane) {
    SharedLimit shared = of(lane);
    return isResting(shared) ? 0 : shared.limit().newUploads(lane.name());
  }

  private static boolean isResting(SharedLimit shared) {
    return shared.limit().allowance().isUnlimited() && !shared.rest().left().isZero();
  }

  /** Keeps the first two calls for a file that was admitted; null where there is no limit. */
  public Reservation reserve(Lane lane) {
    RateLimit limit = of(lane).limit();
    return limit.allowance().isUnlimited() ? null : limit.reserve();
  }

  /** Whether the lane's connection could make a call that none of its uploads wants. */
  public boolean canSpare(Lane lane) {
    SharedLimit shared = of(lane);
    return !isResting(shared) && shared.limit().canSpare();
  }

  /** Whether the lane's calls are limited, by its own settings or by those of a lane beside it. */
  public boolean hasLimit(Lane lane) {
    return !of(lane).limit().allowance().isUnlimited();
  }

  /** How long the lane cannot make any call; zero where there is no limit. */
  public Duration closedFor(Lane lane) {
    return of(lane).limit().closedFor();
  }

  private SharedLimit of(Lane lane) {
    return limits
        .computeIfAbsent(lane.getConnectionId(), id -> SharedLimit.of(lane, levels))
        .usedBy(lane, lanes);
  }

  @Override
  protected void doStop() {
    limits.values().forEach(shared -> shared.memory().noteAll());
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setLevels(RateLevels levels) {
    this.levels = levels;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}
