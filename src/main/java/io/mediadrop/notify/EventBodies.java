package io.mediadrop.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mediadrop.ledger.MediaEvents;
import io.mediadrop.ledger.Untold;
import io.mediadrop.ledger.UploadRecords;
import java.time.Instant;
import org.apache.camel.Variable;

/** Writes the messages that subscribers get, of at most 20 kB. */
public class EventBodies {

  /** The largest message, in bytes. */
  static final int LARGEST = 20_000;

  private static final String PASSED_THROUGH = "data";

  private static final int LONG_TEXT = 500;
  private static final int LONG_LIST = 50;

  private ObjectMapper json;
  private UploadRecords uploadRecords;

  /** The message as it is sent, byte for byte the same on every attempt. */
  public byte[] of(@Variable("delivery") Delivery delivery) throws JsonProcessingException {
    Untold untold = delivery.untold();
    ObjectNode event = json.createObjectNode();
    event.put("id", untold.id());
    event.put("type", untold.type().word());
    event.put("timestamp", Instant.ofEpochMilli(untold.at()).toString());
    event.set("data", data(untold));
    byte[] body = json.writeValueAsBytes(event);
    if (body.length <= LARGEST) {
      return body;
    }
    ObjectNode data = (ObjectNode) event.get("data");
    trimAllBut(PASSED_THROUGH, data);
    data.put("truncated", true);
    body = json.writeValueAsBytes(event);
    if (body.length > LARGEST && data.has(PASSED_THROUGH)) {
      data.putNull(PASSED_THROUGH);
      body = json.writeValueAsBytes(event);
    }
    return body;
  }

  /** What users pass through comes whole or not at all. */
  private static void trimAllBut(String field, ObjectNode data) {
    JsonNode kept = data.get(field);
    if (kept != null) {
      data.putNull(field);
    }
    trim(data);
    if (kept != null) {
      data.set(field, kept);
    }
  }

  private JsonNode data(Untold untold) throws JsonProcessingException {
    // an earlier version has left the data to be told when it is sent
    return untold.data() == null
        ? MediaEvents.of(uploadRecords.ofDrop(untold.subject()))
        : json.readTree(untold.data());
  }

  private static void trim(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(trimmed(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      while (array.size() > LONG_LIST) {
        array.remove(array.size() - 1);
      }
      for (int i = 0; i < array.size(); i++) {
        array.set(i, trimmed(array.get(i)));
      }
    }
  }

  private static JsonNode trimmed(JsonNode node) {
    if (node.isTextual() && node.textValue().length() > LONG_TEXT) {
      String text = node.textValue();
      int end = text.offsetByCodePoints(0, text.codePointCount(0, LONG_TEXT));
      return TextNode.valueOf(text.substring(0, end) + "…");
    }
    trim(node);
    return node;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }
}
