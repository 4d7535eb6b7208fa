package io.mediadrop.drop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the API has answered to a call that went well.
 *
 * @param json the answer, without the secrets that the call was made with
 * @param headers as they came
 */
public record ApiAnswer(JsonNode json, Map<String, Object> headers) {

  /** Says nothing: an answer may hold addresses that let anybody have the media. */
  @Override
  public String toString() {
    return "an answer of the API";
  }
}
