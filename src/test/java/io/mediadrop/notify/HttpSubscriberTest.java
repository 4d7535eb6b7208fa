package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.api.Wiretap;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpSubscriberTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void getsOnePostWithJsonAndNothingOfTheApiCalls() throws Exception {
    Sandbox subscriber = mediadrop.closing(Sandbox.start());
    Wiretap tap = mediadrop.closing(Wiretap.to(subscriber.port()));
    mediadrop.with("mediadrop.notify.uri", tap.url() + "/hook?a=b").start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !subscriber.calls().isEmpty());

    assertThat(subscriber.calls().get(0).route()).isEqualTo(Route.UNKNOWN);
    assertThat(tap.heads().get(0))
        .startsWith("POST /hook?a=b HTTP/1.1\r\n")
        .contains("Content-Type: application/json\r\n");
    assertThat(tap.sent())
        .doesNotContainIgnoringCase("apiKey")
        .doesNotContainIgnoringCase("x-connection-id")
        .doesNotContain(Sandbox.KEY, Sandbox.CONNECTION);
    JsonNode event =
        AnswerJson.mapper().readTree(tap.sent().substring(tap.sent().indexOf("\r\n\r\n") + 4));
    assertThat(event.path("id").asText()).startsWith("evt_");
    assertThat(event.path("type").asText()).isEqualTo("media.uploaded");
    assertThat(event.path("timestamp").asText()).endsWith("Z");
    assertThat(event.path("data").path("file").asText()).isEqualTo("a.jpg");
    assertThat(event.path("data").path("archived").asText()).endsWith("/a.jpg");
  }
}
