package io.mediadrop.api;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Places;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** Knows which parts of a file are still to be sent, and what those that were sent make. */
public class Parts {

  private Ledger ledger;
  private Checksums checksums;
  private Places places;
  private int inFlight;

  /**
   * The parts that the API does not have yet.
   *
   * @throws SourceChanged if a part that the API has already is not what the file holds now
   */
  public PartsToSend toSend(@Body Drop drop) throws IOException {
    if (!drop.isAsLongAsClaimed()) {
      throw new SourceChanged("the file is not as long any more as when its upload began");
    }
    Map<Integer, String> acknowledged = ledger.acknowledgedParts(drop);
    List<Part> missing = new ArrayList<>();
    for (Part part : drop.plan().parts()) {
      String sent = acknowledged.get(part.number());
      if (!acknowledged.containsKey(part.number())) {
        missing.add(part);
      } else if (sent != null && !sent.equals(checksums.md5(drop.source(), part))) {
        throw new SourceChanged("part " + part.number() + " was changed after it had been sent");
      }
    }
    return new PartsToSend(drop, places.mine(), inFlight, missing);
  }

  /** Takes the next part; null if there is none left, or one could not be sent. */
  public Part next(@Variable("parts") PartsToSend parts) {
    return parts.next();
  }

  /** Records that the API has a part. */
  public void acknowledged(
      @Body Part part,
      @Variable("parts") PartsToSend parts,
      @Variable("call") ApiCall call,
      @Variable("answer") ApiAnswer answer) {
    ledger.acknowledged(answer.json(), parts.drop(), part, call.md5());
  }

  /** Keeps the failure of a part, so that nobody begins another one. */
  public void failed(
      @Variable("parts") PartsToSend parts,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    parts.fail(failure);
  }

  /**
   * Lets pass what was sent without a failure.
   *
   * @throws Exception the first failure of any part
   */
  public void requireAllSent(@Variable("parts") PartsToSend parts) throws Exception {
    if (parts.failure() != null) {
      throw parts.failure();
    }
  }

  /**
   * Takes the checksum of everything that was sent.
   *
   * @throws SourceChanged if the file is not what it was when its upload began
   */
  public void sum(
      @Body Drop drop, @Variable("parts") PartsToSend parts, @Variable("file") DroppedFile file)
      throws IOException {
    if (!file.isUntouched()) {
      throw new SourceChanged("the file was changed while it was being sent");
    }
    Map<Integer, String> acknowledged = ledger.acknowledgedParts(drop);
    if (!acknowledged.containsValue(null)) {
      parts.sent(
          checksums.ofParts(
              drop.plan().parts().stream().map(part -> acknowledged.get(part.number())).toList()));
    }
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setPlaces(Places places) {
    this.places = places;
  }

  public void setApi(UploadApi api) {
    checksums = api.checksums();
  }

  /**
   * How many parts of one file may be under way at once.
   *
   * @throws ConfigurationMistake if it is none
   */
  public void setInFlight(int inFlight) {
    if (inFlight < 1) {
      throw new ConfigurationMistake(
          "mediadrop.upload.parts-in-flight (MEDIADROP_UPLOAD_PARTS_IN_FLIGHT) is "
              + inFlight
              + ": write at least 1");
    }
    this.inFlight = inFlight;
  }
}
