package io.mediadrop.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Lets only successful answers of the API through. */
public class Answers {

  private static final int LONGEST_TEXT = 500;

  private ObjectMapper json;

  /**
   * Reads a successful answer.
   *
   * @throws CallFailed if the API says that it did not do what it was asked
   * @throws UnreadableAnswer if it says that it did, but not in JSON
   */
  public JsonNode read(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Variable("lane") Lane lane)
      throws CallFailed, UnreadableAnswer {
    JsonNode answer = parse(body);
    if (status < 200 || status > 299) {
      throw failure(status, answer, lane);
    }
    if (!answer.isObject()) {
      throw new UnreadableAnswer("it is no JSON object");
    }
    return answer;
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode answer = body == null ? null : json.readTree(body);
      return answer == null ? MissingNode.getInstance() : answer;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  private static CallFailed failure(int status, JsonNode answer, Lane lane) {
    return new CallFailed(
        status,
        text(answer.path("type").asText(answer.path("code").asText("")), lane),
        text(answer.path("error").asText(answer.path("message").asText("")), lane),
        text(answer.path("requestId").asText(""), lane));
  }

  /** What the API says is shown to people and must not carry a secret that it was sent. */
  private static String text(String said, Lane lane) {
    String safe =
        said.replace(lane.getApiKey(), "(key)").replace(lane.getConnectionId(), "(connection)");
    return safe.length() <= LONGEST_TEXT ? safe : safe.substring(0, LONGEST_TEXT) + "…";
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }
}
