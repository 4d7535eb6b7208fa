package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Posts and messages, as far as they use up uploads. */
final class PublishRoutes {
  private final UploadSessions sessions;
  private final AtomicLong ids = new AtomicLong(1000);

  PublishRoutes(UploadSessions sessions) {
    this.sessions = sessions;
  }

  Answer publish(Exchange call) throws IOException, Refused {
    JsonNode items = call.json().path("mediaItems");
    for (JsonNode item : items) {
      use(item, call.connection());
    }
    ObjectNode body = Json.object().put("id", ids.incrementAndGet());
    return Answer.json(200, body.put("mediaCount", items.size()));
  }

  private void use(JsonNode item, Connection connection) throws Refused {
    String text = item.asText();
    if (text.startsWith("upload:")) {
      consume(text, connection);
    } else if (text.matches("\\d{1,18}")) {
      connection
          .vault()
          .find(Long.parseLong(text))
          .orElseThrow(() -> Refused.badRequest("Media " + text + " not found"));
    } else if (!text.matches("https?://.+")) {
      throw Refused.badRequest("mediaItems must be media ids, upload references or URLs");
    }
  }

  private void consume(String reference, Connection connection) throws Refused {
    try {
      sessions.find(reference, connection).consume();
    } catch (Refused refused) {
      throw Refused.badRequest("Upload reference " + reference + " is invalid or already used");
    }
  }
}
