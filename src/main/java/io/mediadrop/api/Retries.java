package io.mediadrop.api;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.base.BackOff;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Place;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a call is repeated at once, and after which of the short waits. */
public class Retries implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.api");

  /** A longer wait is spent in the ledger, where it holds no worker. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Camel's own count is a header, and no header outlives a call. */
  private static final int MOST = 3;

  private static final Duration FIRST = Duration.ofMillis(500);

  private Intake intake;
  private RateLimits rateLimits;
  private ApiHealth health;

  /** Whether the failure passes by itself soon, and repeating the call cannot do a thing twice. */
  public boolean isWorthRepeating(Exchange exchange) {
    Throwable failure = failureOf(exchange);
    return intake.isOpen()
        && (count(exchange) < MOST || isPaced(exchange, failure))
        && Verdict.on(failure) == Verdict.PASSING
        && waitAfter(exchange, failure).compareTo(LONGEST) <= 0
        && !(isFinalizing(exchange) && mayBeTaken(failure));
  }

  /** Whether the call was one that ends an upload, so that its outcome matters. */
  private static boolean isFinalizing(Exchange exchange) {
    Drop drop = callOf(exchange).drop();
    return drop.state() == DropState.SENDING || drop.state() == DropState.COMPLETING;
  }

  /** With these two answers the API says that it did not even look at the call. */
  private static boolean mayBeTaken(Throwable failure) {
    return !(failure instanceof CallFailed call && (call.status() == 401 || call.status() == 429));
  }

  /** Sets the wait before the next attempt: exponential with full jitter, or what the API asks. */
  @Override
  public void process(Exchange exchange) {
    Throwable failure = failureOf(exchange);
    int attempt = count(exchange);
    callOf(exchange).repeats().incrementAndGet();
    long bound = BackOff.doubled(FIRST, attempt, LONGEST).toMillis();
    long jittered = ThreadLocalRandom.current().nextLong(bound + 1);
    long wait = isPaced(exchange, failure) ? 0 : Math.max(jittered, retryAfter(failure).toMillis());
    exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait);
    Place place = callOf(exchange).place();
    if (place != null && wait > 0) {
      place.rest();
    }
    LOG.atLevel(health.levelOf(failure))
        .log("{}: {}", callOf(exchange).drop(), Printable.of(String.valueOf(failure.getMessage())));
  }

  private static int count(Exchange exchange) {
    return callOf(exchange).repeats().get();
  }

  private static Throwable failureOf(Exchange exchange) {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return caught == null ? exchange.getException() : caught;
  }

  /** Whether the rate limit decides when the call is made again, so that it costs no attempt. */
  private boolean isPaced(Exchange exchange, Throwable failure) {
    return failure instanceof CallFailed call
        && call.status() == 429
        && rateLimits.hasLimit(laneOf(exchange));
  }

  private Duration waitAfter(Exchange exchange, Throwable failure) {
    return isPaced(exchange, failure)
        ? rateLimits.closedFor(laneOf(exchange))
        : retryAfter(failure);
  }

  private static ApiCall callOf(Exchange exchange) {
    return exchange.getVariable("call", ApiCall.class);
  }

  private static Lane laneOf(Exchange exchange) {
    return callOf(exchange).lane();
  }

  private static Duration retryAfter(Throwable failure) {
    return failure instanceof CallFailed call ? call.retryAfter() : Duration.ZERO;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setApi(UploadApi api) {
    health = api.health();
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}
