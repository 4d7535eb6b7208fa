package io.mediadrop.ledger;

import io.mediadrop.Quantity;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Verdict;
import io.mediadrop.source.DroppedFile;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a failure means for a drop: it waits, or it has failed for good. */
public class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Clock clock;
  private Ledger ledger;
  private Duration maxWait;

  /** Takes its times from the machine's clock. */
  public Outcomes() {
    this(Clock.systemUTC());
  }

  Outcomes(Clock clock) {
    this.clock = clock;
  }

  /** Records the failure of a drop's upload and returns the drop as it is then. */
  public Drop failed(
      @Variable("drop") Drop drop,
      @Variable("file") DroppedFile file,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    if (Verdict.on(failure) == Verdict.REFUSED) {
      return ledger.failed(drop, reasonOf(failure), requestIdOf(failure));
    }
    Duration wait = waitAfter(drop.attempts());
    LOG.warn("{} waits {}: {}", drop, wait, failure.getMessage());
    file.lane().hand().hold(file.path(), wait);
    ledger.waiting(drop, clock.instant().plus(wait), failure.getMessage());
    return drop;
  }

  private Duration waitAfter(int attempts) {
    Duration wait = Duration.ofSeconds(1L << Math.min(attempts, 20));
    return wait.compareTo(maxWait) < 0 ? wait : maxWait;
  }

  private static Reason reasonOf(Exception failure) {
    return new Reason(
        failure.getMessage(),
        "the file's, as the API sees it",
        "check that the file opens, is of a kind that the API takes, and is not too large");
  }

  private static String requestIdOf(Exception failure) {
    return failure instanceof CallFailed call ? call.requestId() : null;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The longest time that a file waits before it is tried again. */
  public void setMaxWait(String maxWait) {
    this.maxWait = Quantity.time(maxWait);
  }
}
