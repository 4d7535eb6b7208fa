package io.mediadrop.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.ledger.FailedFiles.Failed;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers people's pages and programs that ask how things are, or have refused files put back. */
public class ConsoleAnswers implements CamelContextAware {

  private static final String JSON = "application/json";
  private static final int BAD_REQUEST = 400;

  private CamelContext camelContext;
  private Home home;
  private Intake intake;
  private Lanes lanes;
  private LaneFiles laneFiles;
  private Ledger ledger;
  private ObjectMapper json;
  private Sight sight;
  private PutBack putBack;

  /** Begins. */
  public void open() {
    RefusedList refused = new RefusedList(home, ledger);
    sight = new Sight(camelContext, home, intake, lanes, laneFiles, ledger, refused);
    putBack = new PutBack(refused);
  }

  /** Answers how all is. */
  public void overview(Message message) {
    answer(message, sight.overview());
  }

  /** Answers how each lane is. */
  public void lanes(Message message) {
    answer(message, sight.lanes());
  }

  /** Answers which files were refused, and why. */
  public void refused(Message message) {
    answer(message, sight.refused());
  }

  /** Answers with all of it, for a person. */
  public void page(Message message) {
    new TaggedAnswer("text/html; charset=utf-8", Page.of(sight)).writeTo(message);
    message.setHeader("Content-Security-Policy", Page.POLICY);
  }

  /** Has refused files put back into their folders; answers what became of each. */
  public void retry(Message message) throws IOException {
    Optional<Predicate<Failed>> wanted = WantedBack.in(message.getBody(byte[].class), json);
    message.setHeader(Exchange.CONTENT_TYPE, JSON);
    if (wanted.isPresent()) {
      message.setBody(json.writeValueAsBytes(putBack.files(wanted.get())));
    } else {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, BAD_REQUEST);
      message.setBody(
          "{\"error\": \"send {\\\"ids\\\": [1, 2]}, {\\\"lane\\\": \\\"alice\\\"} or {\\\"all\\\": true}\"}");
    }
  }

  private void answer(Message message, Object what) {
    try {
      new TaggedAnswer(JSON, json.writeValueAsString(what)).writeTo(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer could not be written", e);
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setLaneFiles(LaneFiles laneFiles) {
    this.laneFiles = laneFiles;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
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
