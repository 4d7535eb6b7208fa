package io.mediadrop.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.ApiCall;
import io.mediadrop.api.ApiCalls;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Checksums;
import io.mediadrop.api.UnreadableAnswer;
import io.mediadrop.api.UploadApi;
import io.mediadrop.api.Verdict;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.delivery.DoubtedFile.Now;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.DoubtRecords;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles whether the API has a file whose upload ended without a clear answer. The API is asked
 * before a byte is sent again; only when it has not known the file twice, the second time long
 * enough after the last byte, does the policy decide.
 */
public class Doubts {

  /** What the ledger says of a drop whose file is not there to be asked about or sent again. */
  static final String OUTCOME_UNKNOWN = "outcome unknown";

  private static final Duration A_DAY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Clock clock;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private ApiCalls apiCalls;
  private DoubtRecords records;
  private DoubtedFile doubtedFile;
  private UnknownFiles unknownFiles;
  private Duration wait;
  private boolean hold;

  /** Takes its times from the machine's clock. */
  public Doubts() {
    this(Clock.systemUTC());
  }

  Doubts(Clock clock) {
    this.clock = clock;
  }

  /** Begins. */
  public void open() {
    records = new DoubtRecords(ledger, clock);
    doubtedFile = new DoubtedFile(ledger, records, checksums);
    unknownFiles = new UnknownFiles(ledger, records, doubtedFile, clock, wait, hold);
  }

  /**
   * Records a doubt that has just come up; the last byte was sent before now. If all of them were,
   * the API can be asked for them even when the file is gone or has changed.
   *
   * @param md5 of what was sent, as far as it was all sent at once; else null
   * @param failure what came instead of a clear answer
   * @param verdict what that means for the file
   */
  Drop raised(Drop drop, DroppedFile file, String md5, Exception failure, Verdict verdict) {
    // what is wrong in a session that others have opened need not be the file
    boolean refused = verdict == Verdict.REFUSED && !drop.isInGivenSession();
    begin(drop, failure instanceof CallFailed call && refused ? call : null);
    if (drop.state() == DropState.SENDING && md5 != null) {
      doubtedFile.remember(drop, md5);
    }
    return doubtedFile.later(drop, file, Duration.ofSeconds(1));
  }

  /** Whether the drop's doubt was recorded already, so that the API is being asked. */
  boolean isOpen(Drop drop) {
    return records.of(drop).since() > 0;
  }

  /** Records that the API could not be asked; the doubt goes on. */
  Drop unsettled(Drop drop, DroppedFile file, Duration time) {
    return doubtedFile.later(drop, file, time);
  }

  /** A refusal is kept until the API has been asked, since only then it is known to be true. */
  private boolean begin(Drop drop, CallFailed refusal) {
    return refusal == null
        ? records.begin(drop, null, null)
        : records.begin(drop, FailureReasons.of(refusal), refusal.requestId());
  }

  /** Whether only the API knows if it has the file. */
  public boolean isInDoubt(@Body Drop drop) {
    return drop.isInDoubt();
  }

  /** Records a doubt that an earlier run has left, unless it was recorded. */
  public void begin(@Body Drop drop) {
    if (begin(drop, null)) {
      LOG.warn("{}: an earlier run did not hear how its upload ended; the API is asked", drop);
    }
  }

  /** Whether complete may be called once more: only before the API has been asked. */
  public boolean mayComplete(@Body Drop drop) {
    return drop.state() == DropState.COMPLETING && records.of(drop).asked() == 0;
  }

  /** The API may be at work on the second complete still: what it has made of it shows later. */
  public void completedInVain(@Body Drop drop) {
    records.beginsNow(drop);
  }

  /** The question to the API, which goes by what was sent, as far as that is known. */
  public ApiCall question(@Body Drop drop, @Variable("file") DroppedFile file) throws IOException {
    return apiCalls.check(file.lane(), drop, doubtedFile.checksum(drop), drop.size());
  }

  /** What follows from the API's answer. */
  public Drop answered(
      @Body Drop drop, @Variable("answer") ApiAnswer answered, @Variable("file") DroppedFile file)
      throws IOException {
    JsonNode answer = answered.json();
    JsonNode known = answer.path("exists");
    if (!known.isBoolean()) {
      throw new UnreadableAnswer("it does not say whether the media exists");
    }
    if (known.booleanValue() && !uploadRecords.isAnothers(drop, answer)) {
      LOG.info("{}: the API has it already; it is adopted, not sent again", drop);
      boolean changed = doubtedFile.now(drop) == Now.CHANGED;
      return uploadRecords.adopted(answer, drop, doubtedFile.checksum(drop), changed);
    }
    return unknownFiles.answered(drop, file);
  }

  /** What follows from a question that failed: the API may not know this way of asking. */
  public Drop unanswered(
      @Body Drop drop,
      @Variable("file") DroppedFile file,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
      throws Exception {
    Verdict verdict = Verdict.on(failure);
    if (failure instanceof CallFailed
        && (verdict == Verdict.REFUSED || verdict == Verdict.SESSION_GONE)) {
      return unknownFiles.answered(drop, file);
    }
    throw failure;
  }

  /** Whether the API can be asked for what was sent without the file. */
  boolean canBeAsked(Drop drop) {
    return doubtedFile.isKnown(drop);
  }

  /** Waits a day for a vanished file without which nothing can be asked; always false. */
  boolean cannotBeAsked(Drop drop) {
    if (begin(drop, null)) {
      LOG.warn(
          "{}: nobody heard how its upload ended, and its file has vanished, so that the API cannot"
              + " be asked for it",
          drop);
    } else if (clock.millis() - records.of(drop).since() > A_DAY.toMillis()) {
      LOG.warn("{}: outcome unknown: its file has not come back", drop);
      ledger.gone(drop, OUTCOME_UNKNOWN);
    }
    return false;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setApiCalls(ApiCalls apiCalls) {
    this.apiCalls = apiCalls;
  }

  public void setApi(UploadApi api) {
    checksums = api.checksums();
  }

  /** How long after the last byte the API must still not know the file. */
  public void setWait(String time) {
    wait = Quantity.time(time);
  }

  /** {@code resend}: a new session; {@code hold}: failed, for a person to decide. */
  public void setPolicy(String policy) {
    if (!policy.equals("resend") && !policy.equals("hold")) {
      throw new ConfigurationMistake("mediadrop.doubt must be resend or hold, not " + policy);
    }
    hold = policy.equals("hold");
  }
}
