package io.mediadrop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.pace.RateHeaders;
import io.mediadrop.net.Cleaned;
import io.mediadrop.net.WebAddress;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Reads what the API, or a gateway before it, says of a call that it has not done. */
final class RefusalReader {

  private static final int LONGEST_TEXT = 500;

  private final Clock clock = Clock.systemUTC();
  private final ObjectMapper json;

  RefusalReader(ObjectMapper json) {
    this.json = json;
  }

  /**
   * What an answer says.
   *
   * @param headers which must be looked up without regard to case, as Camel's are
   * @param body null if there is none
   * @param redaction takes out of its texts what they may not tell
   */
  CallFailed read(int status, Map<String, Object> headers, byte[] body, Redaction redaction) {
    JsonNode answer = parse(body, headers);
    return new CallFailed(
        status,
        shortened(redaction.of(answer.path("type").asText(answer.path("code").asText("")))),
        shortened(redaction.of(answer.path("error").asText(answer.path("message").asText("")))),
        shortened(redaction.of(answer.path("requestId").asText(""))),
        RateHeaders.of(status, headers, clock.instant()).retryAfter());
  }

  private JsonNode parse(byte[] body, Map<String, Object> headers) {
    try {
      JsonNode answer = body == null ? null : json.readTree(body);
      return answer instanceof ObjectNode ? answer : said(body, headers);
    } catch (IOException e) {
      return said(body, headers);
    }
  }

  /** What gateways say, in HTML or not at all. */
  private static JsonNode said(byte[] body, Map<String, Object> headers) {
    String words = Cleaned.of(Whose.words(body == null ? new byte[0] : body));
    Object elsewhere = headers.get("Location");
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", elsewhere == null ? words : "it points to " + hostOf(elsewhere.toString()));
  }

  /** The host alone: the rest may be meant for one caller. */
  private static String hostOf(String location) {
    return WebAddress.isOne(location)
        ? Cleaned.of(location.replaceFirst("^[^:]*:/*", "").replaceFirst("[/?#].*", ""))
        : "another path";
  }

  private static String shortened(String said) {
    return said.length() <= LONGEST_TEXT ? said : said.substring(0, LONGEST_TEXT) + "…";
  }
}
