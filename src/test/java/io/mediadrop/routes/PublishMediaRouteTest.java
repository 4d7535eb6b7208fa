package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The split of an answer: which items go where. */
class PublishMediaRouteTest {

  private static JsonNode json(Exchange exchange) throws Exception {
    return new ObjectMapper().readTree(exchange.getMessage().getBody(byte[].class));
  }

  private static List<String> names(List<Exchange> received) {
    return received.stream()
        .map(exchange -> exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class))
        .map(name -> name.replaceAll("/\\d{4}/\\d\\d/\\d\\d/", "/DAY/"))
        .sorted()
        .toList();
  }

  @Nested
  class AsRecords extends ShippedRoutes {

    @Test
    void sendsAllItemsInOneArrayAndTheReceiptToTheArchive() throws Exception {
      start();
      drop("trip/a.jpg", 1_000);
      await("archive", 2);

      assertThat(names(received("archive")))
          .containsExactly("alice/DAY/trip/a.jpg.assets.json", "alice/DAY/trip/a.jpg.media.json");
      for (Exchange exchange : received("archive")) {
        JsonNode sent = json(exchange);
        if (sent.isArray()) {
          assertThat(sent.findValuesAsText("item")).containsExactly("media", "full", "thumb");
        } else {
          assertThat(sent.path("response").path("media").path("id").asInt()).isEqualTo(42);
        }
      }
    }

    @Test
    void sendsNothingButTheNameAlong() throws Exception {
      start();
      drop("a.jpg", 1_000);
      await("archive", 2);

      assertThat(received("archive"))
          .allSatisfy(
              exchange ->
                  assertThat(exchange.getMessage().getHeaders())
                      .containsOnlyKeys(Exchange.FILE_NAME));
    }

    @Test
    void tellsSubscribersOnceThatItIsUploaded() throws Exception {
      start();
      drop("a.jpg", 1_000);
      await("subscriber", 1);

      JsonNode event = json(received("subscriber").get(0));
      assertThat(event.path("type").asText()).isEqualTo("media.uploaded");
      assertThat(event.path("data").path("mediaId").asInt()).isEqualTo(42);
    }

    @Test
    void tellsSubscribersAlsoWhileTheArchiveTakesNothing() throws Exception {
      mock("archive")
          .whenAnyExchangeReceived(
              exchange -> {
                throw new IOException("the archive is away");
              });
      start();
      drop("a.jpg", 1_000);
      await("subscriber", 1);

      assertThat(api.lines()).containsExactly(ScriptedApi.INIT, ScriptedApi.PUT);
    }

    @Test
    void saysTheSameUnderTheSameIdAtEachAttempt() throws Exception {
      AdviceWith.adviceWith(
          context,
          "notify-subscriber",
          false,
          advice -> advice.weaveById("to-notification").replace().to("mock:webhook"));
      mock("webhook")
          .whenExchangeReceived(
              1,
              exchange -> {
                throw new IOException("the subscriber is away");
              });
      start();
      drop("a.jpg", 1_000);
      await("webhook", 2);

      assertThat(json(received("webhook").get(1))).isEqualTo(json(received("webhook").get(0)));
    }

    @Override
    Map<String, String> settings() {
      return Map.of("mediadrop.outbox.waits", "100ms, 100ms");
    }
  }

  @Nested
  class AsDocuments extends ShippedRoutes {

    @Override
    Map<String, String> settings() {
      return Map.of("mediadrop.archive.assets", "documents");
    }

    @Test
    void sendsEachItemAsAMessageOfItsOwn() throws Exception {
      start();
      drop("a.jpg", 1_000);
      await("archive", 4);

      assertThat(received("archive").subList(0, 3))
          .extracting(exchange -> json(exchange).path("item").asText())
          .containsExactly("media", "full", "thumb");
      assertThat(names(received("archive"))).doesNotHaveDuplicates();
    }
  }

  @Nested
  class Off extends ShippedRoutes {

    @Override
    Map<String, String> settings() {
      return Map.of("mediadrop.archive.assets", "off");
    }

    @Test
    void sendsTheReceiptAlone() throws Exception {
      start();
      drop("a.jpg", 1_000);
      await("archive", 1);

      assertThat(names(received("archive"))).containsExactly("alice/DAY/a.jpg.media.json");
    }
  }
}
