package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MediaVariantTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  static Stream<Arguments> variants() {
    MediaBehaviour ready = MediaBehaviour.atOnce();
    return Stream.of(
        Arguments.of("ready", ready, "{'isReady':true,'hasError':false,'mediaType':'photo'}"),
        Arguments.of(
            "processing",
            ready.ready(Due.afterPolls(5)).untyped(),
            "{'isReady':false,'hasError':false,'mediaType':null}"),
        Arguments.of(
            "absent",
            ready.present(Due.afterPolls(5)),
            "{'isReady':false,'hasError':false,'mediaType':null,'mediaId':null}"),
        Arguments.of(
            "absent",
            ready.present(Due.never()).oddly(),
            "{'isReady':false,'hasError':false,'mediaType':null,'mediaId':null}"),
        Arguments.of(
            "failed", ready.failing(), "{'isReady':false,'hasError':true,'mediaType':'photo'}"),
        Arguments.of(
            "ready", ready.oddly(), "{'isReady':true,'hasError':false,'mediaType':'hologram'}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("variants")
  void isKeptWholeAndToldApart(String status, MediaBehaviour behaviour, String expected)
      throws Exception {
    Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    JsonNode data = announced(SandboxOptions.defaults().withMedia(behaviour), recorded(answers));

    JsonNode answer = AnswerJson.mapper().readTree(answers.remove());
    assertThat(receipt().path("response")).isEqualTo(answer);
    JsonNode mediaId = answer.path("media").path("id");
    if (!mediaId.isMissingNode()) {
      assertThat(data.path("mediaId")).isEqualTo(mediaId);
    }
    assertThat(data.path("status").asText()).isEqualTo(status);
    AnswerJson.mapper()
        .readTree(expected.replace('\'', '"'))
        .properties()
        .forEach(field -> assertThat(data.get(field.getKey())).isEqualTo(field.getValue()));
  }

  @Test
  void keepsEveryDigitOfItsNumbers() throws Exception {
    List<String> numbers =
        List.of(
            "4300000001.50",
            "123456789012345678901234567890",
            "0.1234567890123456789012345678901234567890",
            "1E+400",
            "-1E-400",
            "100.000",
            "18446744073709551616");
    announced(SandboxOptions.defaults(), said("{\"media\":{\"id\":1,\"n\":" + numbers + "}}"));

    String receipt = Files.readString(place("media.json")).replaceAll("\\s", "");
    assertThat(receipt).contains("\"n\":" + numbers.toString().replace(" ", ""));
  }

  @Test
  void cannotChangeHowItsItemsAreNamed() throws Exception {
    announced(
        SandboxOptions.defaults(),
        said(
            """
            {"item":"../x","media":{"id":"../../evil","item":"evil",
             "status":"ready","type":["x"],"mediaUploadId":"evil","isReady":"yes",
             "files":{"../evil":{"url":"e"},"full":{"item":"../evil","url":"../../x","sources":
               [{"item":"..","url":"s"},"text",null,["deep"]]},
               "thumb":"text","preview":{"options":{"item":{"item":"z"}}}},
             "videoSources":{"../1080":"u","240":{"item":"x"},"720":"v"},
             "releaseForms":[{"item":"evil","name":"n"}]}}
            """));

    assertThat(AnswerJson.mapper().readTree(place("assets.json").toFile()))
        .extracting(item -> item.path("item").asText())
        .containsExactly(
            "media",
            "full",
            "full-source-1",
            "full-source-2",
            "full-source-3",
            "full-source-4",
            "preview",
            "preview-option-1",
            "video-720",
            "release-form-1");
    assertThat(Running.filesIn(mediadrop.home())).noneMatch(file -> file.contains("evil"));
  }

  private static Fault recorded(Queue<byte[]> answers) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) {
        answers.add(answer.body());
        return answer;
      }
    };
  }

  private static Fault said(String body) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) {
        return answer.withBody(body.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  /** Uploads a file, and returns the data of its notification. */
  private JsonNode announced(SandboxOptions options, Fault fault) throws Exception {
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop
        .with("mediadrop.ready.give-up-after", "0s")
        .with("mediadrop.notify.uri", "mock:subscriber")
        .start();
    sandbox.faults().next(Route.WHOLE, fault);
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> mediadrop.drops("UPLOADED") == 0 && told() >= 1);
    MockEndpoint subscriber =
        mediadrop.context().getEndpoint("mock:subscriber", MockEndpoint.class);
    byte[] event = subscriber.getExchanges().get(0).getMessage().getBody(byte[].class);
    return AnswerJson.mapper().readTree(event).path("data");
  }

  private int told() {
    return mediadrop
        .context()
        .getEndpoint("mock:subscriber", MockEndpoint.class)
        .getReceivedCounter();
  }

  private JsonNode receipt() throws Exception {
    return AnswerJson.mapper().readTree(place("media.json").toFile());
  }

  private Path place(String end) {
    return Running.patiently()
        .until(
            () ->
                Running.filesIn(mediadrop.home()).stream()
                    .filter(file -> file.endsWith(end))
                    .findFirst(),
            java.util.Optional::isPresent)
        .map(mediadrop.home()::resolve)
        .orElseThrow();
  }
}
