package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatIT {

  private static final int PART = 64 * 1024;

  @TempDir Path home;

  private Running.Builder oneAtATime() {
    return Running.on(home)
        .with("mediadrop.lane.concurrency", "1")
        .with("mediadrop.upload.parts-in-flight", "1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "HEADERS"})
  void isWhatTheApiAsksFor(PlanProfile plan) throws Exception {
    SandboxOptions options =
        SandboxOptions.defaults().withPartSize(PART).withPlan(plan).withRawColon(false);
    try (Sandbox sandbox = Sandbox.start(options);
        Wiretap tap = Wiretap.to(sandbox.port());
        Running running = oneAtATime().with("mediadrop.api.base-url", tap.url()).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("whole.jpg"), 10_000);
      MediaFiles.write(running.drop().resolve("parts.mp4"), 2 * PART + 5);
      running.awaitFiled(2);

      assertThat(tap.sent())
          .contains("{\"filename\":\"whole.jpg\",\"size\":10000,\"contentType\":\"image/jpeg\"}")
          .contains("{\"filename\":\"parts.mp4\",\"size\":131077,\"contentType\":\"video/mp4\"}");
      assertThat(tap.heads())
          .hasSize(7)
          .allMatch(head -> head.contains("apiKey: " + Sandbox.KEY))
          .allMatch(head -> head.contains("x-connection-id: " + Sandbox.CONNECTION))
          .allMatch(head -> head.contains("Content-Length: "))
          .noneMatch(head -> head.matches("(?is).*\r\n(Transfer-Encoding|Expect|Cookie):.*"));
      assertThat(tap.heads().stream().filter(head -> head.startsWith("PUT")))
          .hasSize(4)
          .allMatch(head -> head.startsWith("PUT /v2/access/uploads/upload%3A"))
          .allMatch(head -> head.matches("(?s).*Content-Type: (image/jpeg|video/mp4)\r\n.*"));
      assertThat(tap.connections()).as("kept alive").isEqualTo(1);
    }
  }

  @Test
  void losesNoCallOnConnectionsThatTheApiHasClosedInBetween() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART);
    try (Sandbox sandbox = Sandbox.start(options);
        Running running = oneAtATime().start(sandbox)) {
      sandbox.faults().on(When.anyCall(), Faults.closeAfterwards());
      for (int i = 0; i < 10; i++) {
        MediaFiles.write(running.drop().resolve(i + ".jpg"), 1_000, i);
      }
      MediaFiles.write(running.drop().resolve("parts.mp4"), 2 * PART + 5);
      running.awaitFiled(11);

      // every call was made once: none was lost, none repeated
      assertThat(sandbox.calls()).hasSize(10 * 2 + 5).extracting(Call::status).containsOnly(200);
    }
  }

  @Test
  void readsARefusalThatComesInTheMiddleOfABody() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Running running = oneAtATime().start(sandbox)) {
      sandbox.faults().next(Route.INIT, Fault.NONE);
      sandbox.faults().on(When.route(Route.PART), Faults.refuseUnread(413, "TOO_LARGE"));
      MediaFiles.write(running.drop().resolve("large.mp4"), 30 << 20);
      running.awaitFailed(1);

      assertThat(running.failed().resolve("default/large.mp4.reason.txt"))
          .content()
          .contains("413 TOO_LARGE");
    }
  }

  static Stream<Arguments> uselessAnswers() {
    return Stream.of(
        Arguments.of("HTML", Faults.page(200)),
        Arguments.of("no body", Faults.answer(Answer.text(204, "text/plain", ""))),
        Arguments.of("an empty body", Faults.answer(Answer.text(200, "application/json", ""))),
        Arguments.of("an array", Faults.answer(Answer.text(200, "application/json", "[1]"))),
        Arguments.of("null", Faults.answer(Answer.text(200, "application/json", "null"))),
        Arguments.of("cut JSON", Faults.truncatedJson()),
        Arguments.of("a cut answer", Faults.answerCut()),
        Arguments.of("JSON 101 deep", Faults.deepAnswer(101)),
        Arguments.of("more than 1 MiB", Faults.hugeAnswer(1 << 20)),
        Arguments.of("a gzip bomb", Faults.answer(gzipBomb())),
        Arguments.of("the key", Faults.answer(Answer.text(200, "text/plain", Sandbox.KEY))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uselessAnswers")
  void isAskedForAgainWhereTheAnswerToInitIs(String name, Fault fault) throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Running running = oneAtATime().start(sandbox)) {
      sandbox.faults().next(Route.INIT, fault);
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
      running.awaitFiled(1);

      assertThat(sandbox.calls())
          .extracting(Call::route)
          .containsExactly(Route.INIT, Route.INIT, Route.WHOLE);
    }
  }

  /** A few hundred bytes on the wire that unpack to 200 MiB of JSON. */
  private static Answer gzipBomb() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("{\"fill\":\"".getBytes());
      for (int i = 0; i < 200; i++) {
        out.write(new byte[1 << 20]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.text(200, "application/json", "")
        .withBody(packed.toByteArray())
        .withHeader("Content-Encoding", "gzip");
  }

  @Test
  void sendsTheCredentialsToNoOtherHostThatAnAnswerPointsTo() throws Exception {
    for (int status : List.of(301, 302, 307, 308)) {
      try (Sandbox sandbox = Sandbox.start();
          Wiretap elsewhere = Wiretap.to(0);
          Running running = Running.on(home.resolve("" + status)).start(sandbox)) {
        sandbox
            .faults()
            .on(
                When.anyCall(),
                Faults.redirect(status, elsewhere.url() + "/v2/access/uploads/init"));
        MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
        Running.patiently()
            .until(() -> sandbox.calls().stream().anyMatch(call -> call.status() == status));

        running.context().stop();
        assertThat(elsewhere.connections()).isZero();
        assertThat(sandbox.uploads()).isEmpty();
      }
    }
  }

  @Test
  void mayCarryMoreThanTheClientKnows() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Running running = oneAtATime().start(sandbox)) {
      sandbox
          .faults()
          .next(
              Route.INIT,
              new Fault() {
                @Override
                public Answer answering(Answer answer, io.mediadrop.sandbox.Exchange call) {
                  String body = new String(answer.body());
                  return answer.withBody(
                      body.replaceFirst(
                              "\\{",
                              "{\"new\":{\"a\":[null,1e400]},\"expiresIn\":1"
                                  + "0".repeat(30)
                                  + ",")
                          .replaceFirst("\"expiresAt\":\"[^\"]*\"", "\"expiresAt\":null")
                          .replaceFirst("\"completeUrl\":\"[^\"]*\"", "\"completeUrl\":null")
                          .getBytes());
                }
              });
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
      running.awaitFiled(1);

      assertThat(sandbox.calls()).extracting(Call::status).containsExactly(200, 200);
    }
  }
}
