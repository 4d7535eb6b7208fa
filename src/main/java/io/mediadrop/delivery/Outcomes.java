package io.mediadrop.delivery;

import io.mediadrop.api.ApiCall;
import io.mediadrop.api.ApiHealth;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.FileRange;
import io.mediadrop.api.SourceChanged;
import io.mediadrop.api.UploadApi;
import io.mediadrop.api.Verdict;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfinished;
import io.mediadrop.net.NotReached;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that decides and records what a failure means for its drop. */
public class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final int LEAST_ATTEMPTS = 5;

  private final Clock clock;
  private Ledger ledger;
  private Doubts doubts;
  private SharedFailures sharedFailures;
  private ApiHealth health;
  private WaitingTimes waitingTimes;
  private Duration giveUpAfter;

  /** Takes its times from the machine's clock. */
  public Outcomes() {
    this(Clock.systemUTC());
  }

  Outcomes(Clock clock) {
    this.clock = clock;
  }

  /**
   * Records the failure of a drop's upload and returns the drop as it is then.
   *
   * @param call the last one that was made for it; null if there was none
   * @throws JdbiException if it was the ledger that failed
   */
  public Drop failed(
      @Body Drop drop,
      @Variable("file") DroppedFile file,
      @Variable("call") ApiCall call,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    if (failure instanceof JdbiException unrecorded) {
      // what the ledger says is what was done, and nothing else can be recorded now
      throw unrecorded;
    }
    FileRange content = call == null ? null : call.range();
    if (drop.isInDoubt() && doubts.isOpen(drop)) {
      return stillInDoubt(drop, file, failure);
    }
    if (drop.isInDoubt() && mayBeTaken(drop, content, failure)) {
      if (verdictOn(drop, failure) == Verdict.REFUSED) {
        sharedFailures.pauseAfterTooMany(file.lane(), failure);
      }
      LOG.warn(
          "{}: {}; the API will be asked whether it has it", drop, FailureReasons.said(failure));
      String sent = call == null ? null : call.checksum();
      return doubts.raised(drop, file, sent, failure, verdictOn(drop, failure));
    }
    if (failure instanceof Unfinished unfinished && drop.state() != DropState.WAITING) {
      LOG.info(
          "{} waits: {}; it goes to failed/ if nothing changes for another {} s",
          drop,
          FailureReasons.said(unfinished),
          unfinished.patience().toSeconds());
    }
    if (failure instanceof NotNow notNow) {
      return postponed(drop, file, notNow.duration(), failure, false, Duration.ZERO);
    }
    if (failure instanceof SourceChanged) {
      LOG.warn(
          "{}: {}; it will be uploaded once it has settled", drop, FailureReasons.said(failure));
      return ledger.withoutSession(drop);
    }
    if (failure instanceof NoSuchFileException) {
      LOG.warn("{} has vanished before it was uploaded", drop);
      return ledger.withoutSession(drop);
    }
    if (failure instanceof NotAccepted || failure instanceof AccessDeniedException) {
      return ledger.failed(drop, FailureReasons.of(failure), null);
    }
    return byVerdict(drop, file, failure);
  }

  /**
   * Whether the API may have stored the file in spite of the failure. It has not when it says that
   * it did not look, or when nothing reached it; of another's session nobody knows what it makes of
   * a part.
   */
  private static boolean mayBeTaken(Drop drop, FileRange content, Exception failure) {
    if (failure instanceof CallFailed call) {
      return call.status() != 401 && call.status() != 429;
    }
    if (failure instanceof NotReached
        || failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof SourceChanged && !drop.isInGivenSession()) {
      return false;
    }
    return drop.state() == DropState.COMPLETING || content == null || content.sent() > 0;
  }

  /** What keeps the API from being asked says nothing about the upload, which stays in doubt. */
  private Drop stillInDoubt(Drop drop, DroppedFile file, Exception failure) {
    Duration wait = waitingTimes.after(drop.attempts(), askedBy(failure));
    LOG.atLevel(health.levelOf(failure))
        .log("{} is still in doubt: {}", drop, FailureReasons.said(failure));
    sharedFailures.pause(drop, file.lane(), failure);
    return doubts.unsettled(drop, file, wait);
  }

  private Drop byVerdict(Drop drop, DroppedFile file, Exception failure) {
    if (sharedFailures.pause(drop, file.lane(), failure)) {
      return waitingForPause(drop, failure);
    }
    return switch (verdictOn(drop, failure)) {
      case SESSION_GONE ->
          drop.plan() == null
              ? refused(drop, file, failure)
              : passing(ledger.withoutSession(drop), file, failure);
      case PASSING -> passing(drop, file, failure);
      case OWN_FAULT -> ownFault(drop, file, failure);
      default -> refused(drop, file, failure);
    };
  }

  /** What is refused in a session that is over says nothing about the file. */
  private Verdict verdictOn(Drop drop, Exception failure) {
    Verdict verdict = Verdict.on(failure);
    return verdict == Verdict.REFUSED && isOver(drop, failure) ? Verdict.SESSION_GONE : verdict;
  }

  private boolean isOver(Drop drop, Exception failure) {
    boolean gone = failure instanceof CallFailed call && call.status() == 410;
    return drop.plan() != null
        && !drop.isInGivenSession()
        && (gone || drop.plan().hasExpired(clock.millis()));
  }

  private Drop refused(Drop drop, DroppedFile file, Exception failure) {
    if (sharedFailures.pauseAfterTooMany(file.lane(), failure)) {
      return waitingForPause(drop, failure);
    }
    return ledger.failed(drop, FailureReasons.of(failure), requestIdOf(failure));
  }

  private static String requestIdOf(Exception failure) {
    return failure instanceof CallFailed call ? call.requestId() : null;
  }

  /** The lane's pause is what is waited for; the row itself is due at once. */
  private Drop waitingForPause(Drop drop, Exception failure) {
    return ledger.waiting(
        drop, clock.instant(), FailureReasons.said(failure), false, Duration.ZERO);
  }

  private static Duration askedBy(Exception failure) {
    return failure instanceof CallFailed call ? call.retryAfter() : Duration.ZERO;
  }

  private Drop passing(Drop drop, DroppedFile file, Exception failure) {
    Duration wait = waitingTimes.after(drop.attempts(), askedBy(failure));
    boolean counts = health.hasAnsweredWithin(wait.plus(wait).plusMinutes(1));
    if (drop.attempts() >= LEAST_ATTEMPTS && ledger.waited(drop).compareTo(giveUpAfter) >= 0) {
      return ledger.failed(
          drop, FailureReasons.givenUp(drop.attempts(), failure), requestIdOf(failure));
    }
    LOG.atLevel(health.levelOf(failure))
        .log("{} is tried again in {} s: {}", drop, wait.toSeconds(), FailureReasons.said(failure));
    return postponed(drop, file, wait, failure, true, counts ? wait : Duration.ZERO);
  }

  private Drop ownFault(Drop drop, DroppedFile file, Exception failure) {
    LOG.error("{}: an error that mediadrop does not know", drop, failure);
    return passing(drop, file, failure);
  }

  private Drop postponed(
      Drop drop,
      DroppedFile file,
      Duration wait,
      Exception failure,
      boolean attempt,
      Duration counted) {
    file.lane().hand().hold(file.path(), wait);
    return ledger.waiting(
        drop, clock.instant().plus(wait), FailureReasons.said(failure), attempt, counted);
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setDoubts(Doubts doubts) {
    this.doubts = doubts;
  }

  public void setPauses(Pauses pauses) {
    sharedFailures = new SharedFailures(pauses);
  }

  public void setApi(UploadApi api) {
    health = api.health();
  }

  /** The longest time that a file waits before it is tried again. */
  public void setMaxWait(String time) {
    waitingTimes = new WaitingTimes(Quantity.time(time));
  }

  /** How long a file is tried before it is given up. */
  public void setGiveUpAfter(String time) {
    giveUpAfter = Quantity.time(time);
  }
}
