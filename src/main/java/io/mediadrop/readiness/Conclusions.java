package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Verdict;
import io.mediadrop.archive.Archive;
import io.mediadrop.archive.ReceiptUpdates;
import io.mediadrop.base.Printable;
import io.mediadrop.delivery.Pauses;
import io.mediadrop.delivery.SharedFailures;
import io.mediadrop.drop.Awaited;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.NotNow;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.ledger.AwaitedMedia;
import io.mediadrop.ledger.ReadinessRecords;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows from what the API has said of an upload's media. Files come before the
 * ledger, so that after a crash the same is done once more and told once.
 */
public class Conclusions {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Clock clock;
  private AwaitedMedia awaitedMedia;
  private ReadinessRecords records;
  private ReceiptUpdates receiptUpdates;
  private Turns turns;
  private SharedFailures sharedFailures;

  /** Takes its times from the machine's clock. */
  public Conclusions() {
    this(Clock.systemUTC());
  }

  Conclusions(Clock clock) {
    this.clock = clock;
  }

  /** The API was asked, and this is the media that it has; a missing node if it has none. */
  public void draw(@Body FollowUp followUp) {
    Awaited awaited = followUp.awaited();
    Drop drop = followUp.drop();
    Uploaded uploaded = followUp.uploaded();
    JsonNode media = followUp.media();
    turns.wentWell(followUp.lane());
    Uploaded newer = media.isObject() ? uploaded.with(media) : uploaded;
    receiptUpdates.lock().lock();
    try {
      switch (MediaStatus.of(media)) {
        case READY -> ready(drop, newer);
        case FAILED -> failed(drop, uploaded, newer);
        default -> stillOpen(awaited, drop, uploaded, newer);
      }
    } catch (IOException e) {
      LOG.error(
          "{}: what became of its media cannot be put on record, which is tried again: {}",
          drop,
          Printable.of(e.toString()));
      awaitedMedia.unanswered(awaited, Duration.ZERO);
    } finally {
      receiptUpdates.lock().unlock();
    }
  }

  private void ready(Drop drop, Uploaded newer) throws IOException {
    records.ready(newer, receiptUpdates.complete(newer));
    LOG.info("{} is ready as media {}", drop, newer.media().path("id").asText());
  }

  private void failed(Drop drop, Uploaded uploaded, Uploaded newer) throws IOException {
    if (MediaStatus.of(uploaded.media()) != MediaStatus.FAILED) {
      records.failing(newer);
    }
    String place = receiptUpdates.takeBack(drop, newer);
    records.failed(newer, place);
    if (place == null) {
      LOG.error("{} is uploaded, but the API could not process it; its original is gone", drop);
    }
  }

  private void stillOpen(Awaited awaited, Drop drop, Uploaded uploaded, Uploaded newer)
      throws IOException {
    if (awaitedMedia.isOverdue(awaited)) {
      giveUp(awaited, drop, newer.givenUp(clock.millis()));
      return;
    }
    if (MediaStatus.of(newer.media()) != MediaStatus.of(uploaded.media())) {
      records.heard(newer);
    }
    awaitedMedia.notYet(awaited);
  }

  private void giveUp(Awaited awaited, Drop drop, Uploaded last) throws IOException {
    String had =
        MediaStatus.of(last.media()) == MediaStatus.ABSENT
            ? "The API had no media of it"
            : "The API still processed it";
    String why = "%s after %s; it is not asked any more.".formatted(had, inWords(awaited.waited()));
    records.givenUp(last, receiptUpdates.complete(last), why);
    LOG.warn("{} is uploaded, but never became ready. {}", drop, why);
  }

  private static String inWords(Duration time) {
    return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The API could not be asked.
   *
   * @throws JdbiException if it was the ledger that failed
   */
  public void failed(
      @Variable("followUp") FollowUp followUp,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    Turn turn = followUp.turn();
    Drop drop = followUp.drop();
    turn.end();
    if (failure instanceof JdbiException unrecorded) {
      throw unrecorded;
    }
    if (failure instanceof NotNow || sharedFailures.pause(drop, turn.lane(), failure)) {
      return;
    }
    if (Verdict.on(failure) == Verdict.OWN_FAULT) {
      LOG.error("{}: an error that mediadrop does not know", drop, failure);
    } else {
      LOG.warn(
          "{}: the API is asked for its media later: {}",
          drop,
          Printable.of(String.valueOf(failure.getMessage())));
    }
    turns.failed(turn.lane());
    awaitedMedia.unanswered(
        followUp.awaited(), failure instanceof CallFailed call ? call.retryAfter() : Duration.ZERO);
  }

  public void setAwaitedMedia(AwaitedMedia awaitedMedia) {
    this.awaitedMedia = awaitedMedia;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    records = uploadRecords.readiness();
  }

  public void setArchive(Archive archive) {
    receiptUpdates = archive.receiptUpdates();
  }

  public void setTurns(Turns turns) {
    this.turns = turns;
  }

  public void setPauses(Pauses pauses) {
    sharedFailures = new SharedFailures(pauses);
  }
}
