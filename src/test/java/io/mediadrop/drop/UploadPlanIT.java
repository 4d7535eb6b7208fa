package io.mediadrop.drop;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Wiretap;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.BadPlan;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.SinglePlan;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadPlanIT {

  private static final int PART = 64 * 1024;
  private static final int SMALLEST = (int) MediaFiles.smallest("jpg");
  private static final List<Integer> SIZES = List.of(SMALLEST, PART - 1, PART, PART + 1, 2 * PART);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path outside;

  static Stream<Arguments> plans() {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART);
    SandboxOptions emptyLast = options.withMultipartFrom(PART).withEmptyLastPart(true);
    return Stream.of(
        Arguments.of("json, one part, whole", options),
        Arguments.of("json, one part", options.withSinglePlan(SinglePlan.PART_ONE)),
        Arguments.of("json, no part", options.withSinglePlan(SinglePlan.EMPTY)),
        Arguments.of("json, empty last part", emptyLast),
        Arguments.of("headers", options.withPlan(PlanProfile.HEADERS)),
        Arguments.of("headers, empty last part", emptyLast.withPlan(PlanProfile.HEADERS)),
        Arguments.of("json and headers", options.withPlan(PlanProfile.BOTH)),
        Arguments.of("none", options.withPlan(PlanProfile.NONE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void isFollowedByteForByte(String name, SandboxOptions options) throws Exception {
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop.start();
    for (int size : SIZES) {
      Path file = MediaFiles.write(outside.resolve(size + ".jpg"), size, size);
      Files.copy(file, mediadrop.drop().resolve(size + ".jpg"));
    }
    mediadrop.awaitFiled(SIZES.size());

    assertThat(sandbox.uploads()).hasSize(SIZES.size());
    for (Upload upload : sandbox.uploads()) {
      assertThat(upload.contentType()).isEqualTo("image/jpeg");
      assertThat(upload.sha256()).isEqualTo(sha256(outside.resolve(upload.name())));
    }
    assertEndedByTheRightCall(sandbox);
    assertThat(sandbox.calls()).extracting(Call::status).containsOnly(200);
  }

  /** A whole PUT ends an upload by itself; parts are followed by one call to complete. */
  private static void assertEndedByTheRightCall(Sandbox sandbox) {
    assertThat(calls(sandbox, Route.WHOLE))
        .isEqualTo(sandbox.uploads().stream().filter(Upload::whole).count());
    assertThat(calls(sandbox, Route.COMPLETE))
        .isEqualTo(sandbox.uploads().stream().filter(upload -> !upload.whole()).count());
    assertThat(calls(sandbox, Route.PART))
        .isEqualTo(sandbox.uploads().stream().mapToInt(Upload::parts).sum());
  }

  private static long calls(Sandbox sandbox, Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void isCompletedWhereTheAnswerToTheWholeFileSaysThatItWasAPart() throws Exception {
    Fault takenAsPart =
        Faults.answerReplaced(
            Answer.text(200, "application/json", "{\"partNumber\":1,\"etag\":\"y\"}"));
    SandboxOptions options = SandboxOptions.defaults().withIdempotentComplete(true);
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop.start();
    sandbox.faults().next(Route.WHOLE, takenAsPart);
    mediadrop.put("a.jpg", 10_000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls())
        .extracting(Call::route)
        .containsExactly(Route.INIT, Route.WHOLE, Route.COMPLETE);
    assertThat(mediadrop.json("a.jpg.media.json").path("mediaId").isNumber()).isTrue();
  }

  @Test
  void isAtItsEndWhereTheAnswerToTheWholeFileHasMediaBesideTheEtag() throws Exception {
    Fault storedWithEtag =
        Faults.answerReplaced(
            Answer.text(
                200, "application/json", "{\"etag\":\"y\",\"media\":{\"id\":7,\"isReady\":true}}"));
    Sandbox sandbox = mediadrop.sandbox();
    mediadrop.start();
    sandbox.faults().next(Route.WHOLE, storedWithEtag);
    mediadrop.put("a.jpg", 10_000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls()).extracting(Call::route).containsExactly(Route.INIT, Route.WHOLE);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "WITHOUT_PART_SIZE", "EXPIRED"})
  void isRefusedWithAReasonWhereItCannotBeFollowed(BadPlan bad) throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART).withBadPlan(bad);
    assertRefused(options, "upload plan was refused");
  }

  @Test
  void isRefusedWhereNothingTellsTheSizeOfAPart() throws Exception {
    assertRefused(
        SandboxOptions.defaults()
            .withPartSize(PART)
            .withPlan(PlanProfile.HEADERS)
            .withBadPlan(BadPlan.WITHOUT_PART_SIZE),
        "does not say how large they are");
  }

  private void assertRefused(SandboxOptions options, String reason) throws Exception {
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop.start();
    mediadrop.put("a.mp4", 2 * PART);
    mediadrop.awaitFailed(1);

    assertThat(Running.filesIn(mediadrop.failed()))
        .containsExactly("default/a.mp4", "default/a.mp4.reason.txt");
    assertThat(mediadrop.failed().resolve("default/a.mp4.reason.txt"))
        .content()
        .contains("a.mp4", reason);
    assertThat(sandbox.calls()).extracting(Call::route).containsOnly(Route.INIT);
  }

  @ParameterizedTest
  @EnumSource(names = {"WITHOUT_PART_SIZE", "EXPIRED"})
  void isFollowedWhereTheApiCanStillMeanIt(BadPlan bad) throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART).withBadPlan(bad);
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop.start();
    mediadrop.put("a.mp4", 2 * PART + 1);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::parts).containsExactly(3);
  }

  @ParameterizedTest
  @CsvSource({"\"uploadUrl\":\"http://127.0.0.1:\\d+", "\"completeUrl\":\"http://127.0.0.1:\\d+"})
  void neverLeadsToAnotherHost(String pattern) throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    Wiretap elsewhere = mediadrop.closing(Wiretap.to(0));
    mediadrop.start();
    String name = pattern.substring(0, pattern.indexOf("http"));
    sandbox.faults().on(When.route(Route.INIT), rewritten(pattern, name + elsewhere.url()));
    mediadrop.put("a.mp4", 2 * PART);
    mediadrop.put("b.jpg", 5_000);
    mediadrop.awaitFailed(2);

    assertThat(elsewhere.connections()).isZero();
    assertThat(sandbox.calls()).extracting(Call::route).containsOnly(Route.INIT);
  }

  private static Fault rewritten(String pattern, String replacement) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.withBody(utf8(body.replaceAll(pattern, replacement)));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551616", "1e400", "-1", "\"x\""})
  void isRefusedWhereItsNumbersAreBeyondMeasure(String end) throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.start();
    sandbox.faults().on(When.route(Route.INIT), rewritten("\"end\":\\d+", "\"end\":" + end));
    mediadrop.put("a.mp4", 2 * PART);
    mediadrop.awaitFailed(1);

    assertThat(sandbox.uploads()).isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
