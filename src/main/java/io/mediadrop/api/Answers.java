package io.mediadrop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** Lets only successful answers of the API through. */
public class Answers {

  private static final int LONGEST_TEXT = 500;

  private final Clock clock = Clock.systemUTC();
  private ObjectMapper json;
  private ApiHealth health;

  /**
   * Lets the answer pass if the API says that it has done what it was asked.
   *
   * @throws CallFailed if it says anything else
   */
  public void refuseFailure(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Headers Map<String, Object> headers,
      @Variable("lane") Lane lane)
      throws CallFailed {
    if (status < 500) {
      health.answered();
    }
    if (status < 200 || status > 299) {
      throw failure(status, parse(body), RetryAfter.in(headers, clock.instant()), lane);
    }
  }

  /**
   * Lets the answer pass if it is what the API answers with.
   *
   * @throws UnreadableAnswer if it is no JSON object
   */
  public void requireObject(@Body JsonNode answer) throws UnreadableAnswer {
    if (answer == null || !answer.isObject()) {
      throw new UnreadableAnswer("it is no JSON object");
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode answer = body == null ? null : json.readTree(body);
      return answer == null ? MissingNode.getInstance() : answer;
    } catch (IOException e) {
      // proxies answer in HTML; the status alone says enough
      return MissingNode.getInstance();
    }
  }

  private static CallFailed failure(int status, JsonNode answer, Duration retryAfter, Lane lane) {
    return new CallFailed(
        status,
        text(answer.path("type").asText(answer.path("code").asText("")), lane),
        text(answer.path("error").asText(answer.path("message").asText("")), lane),
        text(answer.path("requestId").asText(""), lane),
        retryAfter);
  }

  /** What the API says is shown to people and must not carry a secret that it was sent. */
  private static String text(String said, Lane lane) {
    String safe =
        said.replace(lane.getApiKey(), "(key)").replace(lane.getConnectionId(), "(connection)");
    return safe.length() <= LONGEST_TEXT ? safe : safe.substring(0, LONGEST_TEXT) + "…";
  }

  public void setHealth(ApiHealth health) {
    this.health = health;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }
}
