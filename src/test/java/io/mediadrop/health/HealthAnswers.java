package io.mediadrop.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** What a running mediadrop answers when it is asked how it is. */
final class HealthAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, BiConsumer<HealthChecks, Message>> QUESTIONS =
      Map.of("all", HealthChecks::all, "live", HealthChecks::live, "ready", HealthChecks::ready);

  private final CamelContext context;

  HealthAnswers(CamelContext context) {
    this.context = context;
  }

  /** UP or DOWN, with the status of HTTP that belongs to it. */
  String status(String question) {
    Message answer = ask(question);
    String status = json(answer).path("status").asText();
    int expected = status.equals("UP") ? 200 : 503;
    if (answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class) != expected) {
      throw new AssertionError(status + " is answered with " + answer.getHeaders());
    }
    return status;
  }

  /** Whether any of all checks is down. */
  boolean down() {
    return status("all").equals("DOWN");
  }

  /** All that one check says, its details, too. */
  String said(String check) {
    for (JsonNode each : json(ask("all")).path("checks")) {
      if (each.path("name").asText().equals(check)) {
        return each.toString();
      }
    }
    throw new AssertionError("there is no check " + check);
  }

  /** The whole answer. */
  JsonNode json(String question) {
    return json(ask(question));
  }

  private Message ask(String question) {
    Message message = new DefaultMessage(context);
    HealthChecks health = context.getRegistry().lookupByNameAndType("health", HealthChecks.class);
    QUESTIONS.get(question).accept(health, message);
    return message;
  }

  private static JsonNode json(Message message) {
    try {
      return JSON.readTree(message.getBody(byte[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
