package io.mediadrop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mediadrop.base.SecretForms;
import io.mediadrop.lane.Lane;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the secrets that a call was made with out of what comes back, because that is shown to
 * people and kept: literally, percent-encoded and in base64.
 */
public final class Redaction {

  /** What the further calls are made with; a plan is followed to the letter. */
  private static final Set<String> OF_THE_PLAN = Set.of("mediaUploadId", "parts", "completeUrl");

  private final Pattern key;
  private final Pattern connection;

  /** Knows the secrets of a lane. */
  public Redaction(Lane lane) {
    key = SecretForms.of(lane.getApiKey());
    connection = SecretForms.of(lane.getConnectionId());
  }

  /** The text without the secrets. */
  public String of(String text) {
    String withoutKey = key.matcher(text).replaceAll("(key)");
    return connection.matcher(withoutKey).replaceAll("(connection)");
  }

  /** The same answer, its texts without the secrets. */
  public ObjectNode of(ObjectNode answer) {
    answer
        .properties()
        .forEach(
            field -> {
              if (!OF_THE_PLAN.contains(field.getKey())) {
                field.setValue(of(field.getValue()));
              }
            });
    return answer;
  }

  private JsonNode of(JsonNode node) {
    if (node.isTextual()) {
      String text = of(node.textValue());
      return text.equals(node.textValue()) ? node : TextNode.valueOf(text);
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(of(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, of(array.get(i)));
      }
    }
    return node;
  }
}
