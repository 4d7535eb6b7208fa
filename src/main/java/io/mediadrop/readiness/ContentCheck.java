package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Verdict;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.ledger.UploadRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** Asks for the media of an upload by its checksum and size. */
public class ContentCheck {

  private UploadRecords uploadRecords;

  /** What is known so far; a missing node where the API is to be asked. */
  public JsonNode known(@Variable("uploaded") Uploaded uploaded) {
    return MediaStatus.of(uploaded.media()) == MediaStatus.FAILED
        ? uploaded.media()
        : MissingNode.getInstance();
  }

  /** Whether this way of asking is open. */
  public boolean isPossible(
      @Variable("uploaded") Uploaded uploaded, @Variable("media") JsonNode media) {
    return media.isMissingNode() && uploaded.checksum() != null;
  }

  /** The question. */
  public Map<String, Object> question(@Variable("uploaded") Uploaded uploaded) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("etag", uploaded.checksum());
    question.put("size", uploaded.size());
    return question;
  }

  /** The media in the answer, if it is the upload's and no older copy with the same content. */
  public JsonNode answered(
      @Body JsonNode answer, @Variable("drop") Drop drop, @Variable("uploaded") Uploaded uploaded) {
    JsonNode media = answer.path("media");
    String id = uploaded.media().path("id").asText("");
    boolean own =
        id.isEmpty()
            ? !uploadRecords.isAnothers(drop, answer)
            : id.equals(media.path("id").asText());
    return media.isObject() && own ? media : MissingNode.getInstance();
  }

  /** What follows from a question that failed: the API may not know this way of asking. */
  public JsonNode refused(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) CallFailed failure)
      throws CallFailed {
    Verdict verdict = Verdict.on(failure);
    if (verdict == Verdict.REFUSED || verdict == Verdict.SESSION_GONE) {
      return MissingNode.getInstance();
    }
    throw failure;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }
}
