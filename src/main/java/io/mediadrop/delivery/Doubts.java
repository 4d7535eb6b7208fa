package io.mediadrop.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.ApiCall;
import io.mediadrop.api.ApiCalls;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Checksums;
import io.mediadrop.api.SourceChanged;
import io.mediadrop.api.UnreadableAnswer;
import io.mediadrop.api.UploadApi;
import io.mediadrop.api.Verdict;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Reason;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Sql;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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

  private static final String REMEDY =
      "look into the vault whether the media is there; only if it is not, retry";

  /**
   * How often a file is sent again at most: each time, the API may have stored a copy of it. The
   * waits before that double, so that an API which cannot store anything for hours is outlasted.
   */
  private static final int MOST_RESENT = 7;

  /** What the API may still need to put a large file together, in bytes a second. */
  private static final long STORED_PER_SECOND = 4 << 20;

  private static final Duration A_DAY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Clock clock;
  private final SentContent sentContent = new SentContent();
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private ApiCalls apiCalls;
  private Duration wait;
  private boolean hold;

  private record Asking(
      long since, int asked, int resent, Optional<Reason> refusal, String requestId) {}

  /** Takes its times from the machine's clock. */
  public Doubts() {
    this(Clock.systemUTC());
  }

  Doubts(Clock clock) {
    this.clock = clock;
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
      remember(drop, md5);
    }
    return later(drop, file, Duration.ofSeconds(1));
  }

  /** Whether the drop's doubt was recorded already, so that the API is being asked. */
  boolean isOpen(Drop drop) {
    return asking(drop).since() > 0;
  }

  /** Records that the API could not be asked; the doubt goes on. */
  Drop unsettled(Drop drop, DroppedFile file, Duration time) {
    return later(drop, file, time);
  }

  /** A refusal is kept until the API has been asked, since only then it is known to be true. */
  private boolean begin(Drop drop, CallFailed refusal) {
    int begun =
        ledger.write(
            handle ->
                Sql.update(
                    handle,
                    "UPDATE drops SET doubt_since = ?, reason = ?, request_id = ?"
                        + " WHERE id = ? AND doubt_since IS NULL",
                    clock.millis(),
                    refusal == null ? null : FailureReasons.of(refusal).toColumn(),
                    refusal == null ? null : refusal.requestId(),
                    drop.id()));
    return begun == 1;
  }

  /** Records a doubt that an earlier run has left, unless it was recorded. */
  public void begin(@Body Drop drop) {
    if (begin(drop, null)) {
      LOG.warn("{}: an earlier run did not hear how its upload ended; the API is asked", drop);
    }
  }

  /** Whether complete may be called once more: only before the API has been asked. */
  public boolean mayComplete(@Body Drop drop) {
    return drop.state() == DropState.COMPLETING && asking(drop).asked() == 0;
  }

  /** The API may be at work on the second complete still: what it has made of it shows later. */
  public void completedInVain(@Body Drop drop) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE drops SET doubt_since = ? WHERE id = ?", clock.millis(), drop.id()));
  }

  /** The question to the API, which goes by what was sent, as far as that is known. */
  public ApiCall question(@Body Drop drop, @Variable("file") DroppedFile file) throws IOException {
    return apiCalls.check(file.lane(), drop, checksum(drop), drop.size());
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
      boolean changed = fileOf(drop) == Now.CHANGED;
      return uploadRecords.adopted(answer, drop, checksum(drop), changed);
    }
    return unknown(drop, file);
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
      return unknown(drop, file);
    }
    throw failure;
  }

  private enum Now {
    SENT,
    CHANGED,
    GONE
  }

  /** What lies where the file was that was sent. */
  private Now fileOf(Drop drop) throws IOException {
    try {
      return drop.isAsLongAsClaimed() && checksums.onDisk(drop).equals(checksum(drop))
          ? Now.SENT
          : Now.CHANGED;
    } catch (NoSuchFileException e) {
      return Now.GONE;
    } catch (SourceChanged e) {
      return Now.CHANGED;
    }
  }

  /** The checksum of what was sent; if nothing else is known, of what is there now. */
  private String checksum(Drop drop) throws IOException {
    Optional<String> sent = sent(drop);
    return sent.isPresent() ? sent.get() : remember(drop, checksums.onDisk(drop));
  }

  private Optional<String> sent(Drop drop) {
    return ledger.read(handle -> sentContent.checksum(handle, drop));
  }

  private String remember(Drop drop, String checksum) {
    if (drop.plan().whole()) {
      ledger.write(
          handle -> handle.execute("UPDATE drops SET md5 = ? WHERE id = ?", checksum, drop.id()));
    }
    return checksum;
  }

  /** Whether the API can be asked for what was sent without the file. */
  boolean canBeAsked(Drop drop) {
    return sent(drop).isPresent();
  }

  /** Waits a day for a vanished file without which nothing can be asked; always false. */
  boolean cannotBeAsked(Drop drop) {
    if (begin(drop, null)) {
      LOG.warn(
          "{}: nobody heard how its upload ended, and its file has vanished, so that the API cannot"
              + " be asked for it",
          drop);
    } else if (clock.millis() - asking(drop).since() > A_DAY.toMillis()) {
      LOG.warn("{}: outcome unknown: its file has not come back", drop);
      ledger.gone(drop, OUTCOME_UNKNOWN);
    }
    return false;
  }

  private Drop unknown(Drop drop, DroppedFile file) throws IOException {
    Asking asking = asking(drop);
    // a clock that was set back lies about the time since; waiting anew is safe
    Duration left =
        waitOf(drop, asking).minusMillis(Math.max(0, clock.millis() - sinceOf(drop, asking)));
    if (asking.asked() > 0 && (left.isNegative() || left.isZero())) {
      return decide(drop, asking);
    }
    ledger.write(
        handle -> handle.execute("UPDATE drops SET asked = asked + 1 WHERE id = ?", drop.id()));
    return later(drop, file, left.isNegative() ? Duration.ofSeconds(1) : left);
  }

  /** What has vanished cannot be sent again, so that nothing is won by more patience. */
  private Duration waitOf(Drop drop, Asking asking) {
    return drop.hasVanished()
        ? wait
        : wait.multipliedBy(1L << Math.min(asking.resent(), MOST_RESENT))
            .plusSeconds(drop.size() / STORED_PER_SECOND);
  }

  private long sinceOf(Drop drop, Asking asking) {
    long now = clock.millis();
    if (now < asking.since()) {
      ledger.write(
          handle ->
              handle.execute("UPDATE drops SET doubt_since = ? WHERE id = ?", now, drop.id()));
    }
    return Math.min(now, asking.since());
  }

  private Drop decide(Drop drop, Asking asking) throws IOException {
    if (fileOf(drop) != Now.SENT) {
      LOG.warn(
          "{}: the API does not know it, and it cannot be sent again: its file is gone or was changed"
              + " since",
          drop);
      return ledger.gone(drop, OUTCOME_UNKNOWN);
    }
    if (hold
        || drop.isInGivenSession()
        || asking.refusal().isPresent()
        || asking.resent() >= MOST_RESENT) {
      Reason reason = asking.refusal().orElseGet(() -> outcomeUnknown(drop, asking.resent() + 1));
      return ledger.failed(datedAsOnDisk(drop), reason, asking.requestId());
    }
    LOG.warn("{}: the API does not know it; it is sent again", drop);
    ledger.write(
        handle -> handle.execute("UPDATE drops SET resent = resent + 1 WHERE id = ?", drop.id()));
    return ledger.abandoned(drop);
  }

  private static Reason outcomeUnknown(Drop drop, int sent) {
    return new Reason(
        "Outcome unknown: %s ended without a clear answer, and the API does not know the file."
            .formatted(sent == 1 ? "the upload" : "each of " + sent + " uploads"),
        "nobody's: the connection or the API broke off at the wrong moment",
        drop.isInGivenSession() ? GivenSessions.REMEDY : REMEDY);
  }

  /** A file that was touched is the one that failed all the same. */
  private Drop datedAsOnDisk(Drop drop) throws IOException {
    long modified = FileStamp.of(drop.source()).modified();
    return ledger.write(
        handle -> {
          handle.execute("UPDATE drops SET modified = ? WHERE id = ?", modified, drop.id());
          return new DropRows().byId(handle, drop.id()).orElseThrow();
        });
  }

  private Drop later(Drop drop, DroppedFile file, Duration time) {
    file.lane().hand().hold(file.path(), time);
    return ledger.write(
        handle -> {
          handle.execute(
              "UPDATE drops SET due_at = ?, owner = NULL WHERE id = ?",
              clock.millis() + time.toMillis(),
              drop.id());
          return drop;
        });
  }

  private Asking asking(Drop drop) {
    return ledger.read(
        handle ->
            handle
                .createQuery(
                    "SELECT doubt_since, asked, resent, reason, request_id FROM drops WHERE id = ?")
                .bind(0, drop.id())
                .map(
                    (row, context) ->
                        new Asking(
                            row.getLong(1),
                            row.getInt(2),
                            row.getInt(3),
                            // why a file has waited before is one line, and no refusal
                            Optional.ofNullable(row.getString(4))
                                .filter(reason -> reason.contains("\n"))
                                .map(Reason::ofColumn),
                            row.getString(5)))
                .one());
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
