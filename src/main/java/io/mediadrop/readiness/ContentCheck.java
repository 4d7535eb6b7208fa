package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mediadrop.api.ApiCall;
import io.mediadrop.api.ApiCalls;
import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Verdict;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.ledger.AwaitedMedia;
import io.mediadrop.ledger.UploadRecords;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** Asks for the media of an upload by its checksum and size. */
public class ContentCheck {

  private UploadRecords uploadRecords;
  private AwaitedMedia awaitedMedia;
  private ApiCalls apiCalls;

  /** What is known so far; of the media nothing, where the API is to be asked. */
  public FollowUp begin(@Body FollowUp due) {
    Drop drop = awaitedMedia.drop(due.awaited());
    Uploaded uploaded = uploadRecords.of(drop);
    JsonNode media =
        MediaStatus.of(uploaded.media()) == MediaStatus.FAILED
            ? uploaded.media()
            : MissingNode.getInstance();
    return new FollowUp(due.turn(), due.awaited(), drop, uploaded, media);
  }

  /** Whether this way of asking is open. */
  public boolean isPossible(@Body FollowUp followUp) {
    return followUp.media().isMissingNode() && followUp.uploaded().checksum() != null;
  }

  /** The question. */
  public ApiCall question(@Body FollowUp followUp) {
    Uploaded uploaded = followUp.uploaded();
    return apiCalls.check(followUp.lane(), followUp.drop(), uploaded.checksum(), uploaded.size());
  }

  /** Adds the media in the answer, if it is the upload's and no older copy of the same content. */
  public FollowUp answered(@Body FollowUp followUp, @Variable("answer") ApiAnswer answer) {
    JsonNode media = answer.json().path("media");
    String id = followUp.uploaded().media().path("id").asText("");
    boolean own =
        id.isEmpty()
            ? !uploadRecords.isAnothers(followUp.drop(), answer.json())
            : id.equals(media.path("id").asText());
    return media.isObject() && own ? followUp.with(media) : followUp;
  }

  /** What follows from a question that failed: the API may not know this way of asking. */
  public FollowUp refused(
      @Variable("followUp") FollowUp followUp,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) CallFailed failure)
      throws CallFailed {
    Verdict verdict = Verdict.on(failure);
    if (verdict == Verdict.REFUSED || verdict == Verdict.SESSION_GONE) {
      return followUp;
    }
    throw failure;
  }

  public void setAwaitedMedia(AwaitedMedia awaitedMedia) {
    this.awaitedMedia = awaitedMedia;
  }

  public void setApiCalls(ApiCalls apiCalls) {
    this.apiCalls = apiCalls;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }
}
