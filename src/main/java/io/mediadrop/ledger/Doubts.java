package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Checksums;
import io.mediadrop.api.Verdict;
import io.mediadrop.source.DroppedFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Clock clock;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private Duration wait;
  private boolean hold;

  private record Asking(long since, int asked) {}

  /** Takes its times from the machine's clock. */
  public Doubts() {
    this(Clock.systemUTC());
  }

  Doubts(Clock clock) {
    this.clock = clock;
  }

  /** Records a doubt that has just come up; the last byte was sent before now. */
  public Drop raised(Drop drop, DroppedFile file) {
    begin(drop);
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

  private boolean begin(Drop drop) {
    int begun =
        ledger.write(
            handle ->
                handle.execute(
                    "UPDATE drops SET doubt_since = ? WHERE id = ? AND doubt_since IS NULL",
                    clock.millis(),
                    drop.id()));
    return begun == 1;
  }

  /** Whether complete may be called once more: only before the API has been asked. */
  public boolean mayComplete(@Variable("drop") Drop drop) {
    if (begin(drop)) {
      LOG.warn("{}: an earlier run did not hear how its upload ended; the API is asked", drop);
    }
    return drop.state() == DropState.COMPLETING && asking(drop).asked() == 0;
  }

  /** The question to the API, which goes by the content of the file as it is on the disk. */
  public Map<String, Object> question(@Variable("drop") Drop drop) throws IOException {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("etag", checksums.onDisk(drop));
    question.put("size", drop.size());
    return question;
  }

  /** What follows from the API's answer. */
  public Drop answered(
      @Body JsonNode answer, @Variable("drop") Drop drop, @Variable("file") DroppedFile file)
      throws IOException {
    boolean known = answer.path("exists").asBoolean();
    if (known && !uploadRecords.isAnothers(drop, answer)) {
      LOG.info("{}: the API has it already; it is adopted, not sent again", drop);
      return uploadRecords.adopted(answer, drop, checksums.onDisk(drop));
    }
    return unknown(drop, file);
  }

  /** What follows from a question that failed: the API may not know this way of asking. */
  public Drop unanswered(
      @Variable("drop") Drop drop,
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

  private Drop unknown(Drop drop, DroppedFile file) {
    Asking asking = asking(drop);
    // a clock that was set back lies about the time since; waiting anew is safe
    Duration left = wait.minusMillis(Math.max(0, clock.millis() - sinceOf(drop, asking)));
    if (asking.asked() > 0 && (left.isNegative() || left.isZero())) {
      return decide(drop);
    }
    ledger.write(
        handle -> handle.execute("UPDATE drops SET asked = asked + 1 WHERE id = ?", drop.id()));
    return later(drop, file, left.isNegative() ? Duration.ofSeconds(1) : left);
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

  private Drop decide(Drop drop) {
    if (hold) {
      return ledger.failed(
          drop,
          new Reason(
              "Outcome unknown: the upload ended without a clear answer, and the API does not know"
                  + " the file.",
              "nobody's: the connection or the API broke off at the wrong moment",
              "look into the vault whether the media is there; only if it is not, retry"),
          null);
    }
    LOG.warn("{}: the API does not know it; it is sent again", drop);
    ledger.write(
        handle -> handle.execute("UPDATE drops SET resent = resent + 1 WHERE id = ?", drop.id()));
    return ledger.abandoned(drop);
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
                .createQuery("SELECT doubt_since, asked FROM drops WHERE id = ?")
                .bind(0, drop.id())
                .map((row, context) -> new Asking(row.getLong(1), row.getInt(2)))
                .one());
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setChecksums(Checksums checksums) {
    this.checksums = checksums;
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
