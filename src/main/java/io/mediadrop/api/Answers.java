package io.mediadrop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaItems;
import io.mediadrop.lane.Lane;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.util.CaseInsensitiveMap;

/** Lets only successful answers of the API through. */
public class Answers {

  private final Map<Lane, Redaction> redactions = Collections.synchronizedMap(new WeakHashMap<>());
  private RefusalReader refusals;
  private ApiHealth health;

  /**
   * Lets the answer pass if the API says that it has done what it was asked.
   *
   * @throws CallFailed if it says anything else
   */
  public void refuseFailure(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Headers Map<String, Object> headers,
      @Variable("call") ApiCall call,
      Message message)
      throws CallFailed {
    if (status < 500) {
      health.answered();
    }
    if (status < 200 || status > 299) {
      Redaction redaction = redactionFor(call.lane());
      throw refusals.read(status, headers, message.getBody(byte[].class), redaction);
    }
  }

  /**
   * Whether the API has refused only what it was asked, so that it takes calls of who has asked.
   */
  public boolean isToTheQuestion(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) CallFailed failure) {
    Verdict verdict = Verdict.on(failure);
    // a page that is not found is no answer of the API
    return verdict == Verdict.REFUSED
        || verdict == Verdict.SESSION_GONE && !failure.type().isEmpty();
  }

  /** Refuses an answer that cannot even be parsed; what it says is not repeated. */
  public void refuseUnreadable() throws UnreadableAnswer {
    throw new UnreadableAnswer("it is no JSON, or nested too deeply");
  }

  /**
   * Lets the answer pass if it is what the API answers with.
   *
   * @return the answer, without the secrets that it was given
   * @throws UnreadableAnswer if it is no JSON object or has more items than any media
   */
  public ApiAnswer requireObject(
      @Body JsonNode answer, @Headers Map<String, Object> headers, @Variable("call") ApiCall call)
      throws UnreadableAnswer {
    if (!(answer instanceof ObjectNode object)) {
      throw new UnreadableAnswer("it is no JSON object");
    }
    requireFew(object.path("media"));
    for (JsonNode media : object.path("list")) {
      requireFew(media);
    }
    return new ApiAnswer(redactionFor(call.lane()).of(object), new CaseInsensitiveMap(headers));
  }

  private Redaction redactionFor(Lane lane) {
    return redactions.computeIfAbsent(lane, Redaction::new);
  }

  private static void requireFew(JsonNode media) throws UnreadableAnswer {
    if (MediaItems.countIn(media) > MediaItems.MOST) {
      throw new UnreadableAnswer("its media has more than " + MediaItems.MOST + " items");
    }
  }

  /**
   * Lets the answer pass if it tells of the drop's upload; its media may be there only later.
   *
   * @throws UnreadableAnswer if nobody can tell from it that anything was stored
   */
  public void requireUpload(@Variable("answer") ApiAnswer answered, @Variable("call") ApiCall call)
      throws UnreadableAnswer {
    JsonNode answer = answered.json();
    String id = answer.path("mediaUploadId").asText("");
    if (id.isEmpty() && !answer.path("media").isObject() && !isOfPart(answer)) {
      throw new UnreadableAnswer("it tells of no upload");
    }
    if (!id.isEmpty() && !id.equals(call.drop().plan().mediaUploadId())) {
      throw new UnreadableAnswer("it tells of another upload");
    }
  }

  /** Whether all bytes are there and the upload has yet to be completed. */
  public boolean isToComplete(@Body Drop drop, @Variable("answer") ApiAnswer last) {
    // the plan may have left open what the answer to the whole file tells
    return !drop.plan().whole() || isOfPart(last.json());
  }

  /** Whether a PUT was taken as a part of an upload. */
  private static boolean isOfPart(JsonNode answer) {
    return answer.hasNonNull("partNumber")
        || answer.hasNonNull("etag") && !answer.path("media").isObject();
  }

  public void setApi(UploadApi api) {
    health = api.health();
  }

  public void setJson(ObjectMapper json) {
    refusals = new RefusalReader(json);
  }
}
