package io.mediadrop.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.console.Caller;
import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/** What a running mediadrop answers over HTTP when it is asked how it is. */
final class HealthAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Caller caller;

  private HealthAnswers(Caller caller) {
    this.caller = caller;
  }

  /** Those of one that is to start. */
  static HealthAnswers of(Mediadrop mediadrop) {
    try {
      return new HealthAnswers(Caller.of(mediadrop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** UP or DOWN, with the status of HTTP that belongs to it. */
  String status(String question) {
    HttpResponse<String> answer = ask("/" + question);
    String status = json(answer).path("status").asText();
    if (answer.statusCode() != (status.equals("UP") ? 200 : 503)) {
      throw new AssertionError(status + " is answered with " + answer.statusCode());
    }
    return status;
  }

  /** Whether any of all checks is down. */
  boolean down() {
    return json(ask("")).path("status").asText().equals("DOWN");
  }

  /** All that one check says, its details, too. */
  String said(String check) {
    for (JsonNode each : all().path("checks")) {
      if (each.path("name").asText().equals(check)) {
        return each.toString();
      }
    }
    throw new AssertionError("there is no check " + check);
  }

  /** The answer with all checks. */
  JsonNode all() {
    return json(ask(""));
  }

  private HttpResponse<String> ask(String question) {
    try {
      return caller.get("/observe/health" + question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
