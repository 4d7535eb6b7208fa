package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failed call means for its file, and how many calls are made of it. */
class FailuresIT {

  private static final int PART = 64 * 1024;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently().started();
  private Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_INPUT",
    "404, RESOURCE_NOT_FOUND",
    "409, CONFLICT",
    "413, TOO_LARGE",
    "415, UNSUPPORTED",
    "422, UNPROCESSABLE",
    "451, LEGAL"
  })
  void endsInFailedAfterOneCallWhereTheFileIsRefused(int status, String type) throws Exception {
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(status, type));
    dropWhole();
    mediadrop.awaitFailed(1);

    assertThat(sandbox.calls()).hasSize(1);
    assertThat(Files.readString(mediadrop.failed().resolve("default/a.jpg.reason.txt")))
        .contains("The API answered " + status + " " + type + ": Fault of the sandbox (req_");
  }

  @ParameterizedTest
  @CsvSource({"400, INVALID_INPUT", "413, TOO_LARGE"})
  void endsInFailedWhereAPartIsRefused(int status, String type) throws Exception {
    sandbox.faults().on(When.route(Route.PART), Faults.refuse(status, type));
    dropParts();
    mediadrop.awaitFailed(1);

    assertThat(calls(Route.INIT)).hasSize(1);
    assertThat(calls(Route.PART)).hasSizeLessThanOrEqualTo(2);
    assertThat(calls(Route.COMPLETE)).isEmpty();
  }

  static Stream<Fault> passing() {
    return Stream.of(
        Faults.refuse(401, "RULES_OUTDATED"),
        Faults.refuse(408, "TIMEOUT"),
        Faults.refuse(425, "TOO_EARLY"),
        Faults.rateLimited(0),
        Faults.page(502),
        Faults.refuse(503, "NETWORK_ERROR"),
        Faults.cutAfter(1),
        Faults.resetAfter(1));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void isTriedOnceMoreWhereTheFailurePasses(Fault passing) throws Exception {
    sandbox.faults().next(Route.INIT, passing);
    dropWhole();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(2);
    assertThat(calls(Route.WHOLE)).hasSize(1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void waitsInTheLedgerAfterAFewCallsInARow() throws Exception {
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "NETWORK_ERROR"));
    dropWhole();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    int made = calls(Route.INIT).size();
    sandbox.faults().clear();
    assertThat(mediadrop.drop().resolve("a.jpg")).exists();

    mediadrop.awaitFiled(1);
    assertThat(made).isEqualTo(4);
    assertThat(calls(Route.INIT)).hasSize(made + 1);
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Retry-After", "retry-after", "RETRY-AFTER"})
  void waitsAsManySecondsAsTheApiAsks(String header) throws Exception {
    assertThat(waitAfter(header, "2")).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
  }

  @Test
  void waitsUntilTheTimeThatTheApiNames() throws Exception {
    String time =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(4));

    assertThat(waitAfter("Retry-After", time)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  private Duration waitAfter(String header, String value) throws Exception {
    Answer busy = Answer.text(429, "application/json", "{}").withHeader(header, value);
    sandbox.faults().next(Route.INIT, Faults.answer(busy));
    dropWhole();
    mediadrop.awaitFiled(1);
    List<Call> inits = calls(Route.INIT);
    assertThat(inits).hasSize(2);
    return Duration.ofNanos(inits.get(1).startNanos() - inits.get(0).endNanos());
  }

  @Test
  void asksForANewSessionWhereTheOldOneIsGone() throws Exception {
    sandbox.faults().on(When.route(Route.PART).call(2), Faults.refuse(404, "RESOURCE_NOT_FOUND"));
    dropParts();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(2);
    assertThat(calls(Route.COMPLETE)).hasSize(1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  static Stream<Fault> refusedAsAWhole() {
    return Stream.of(
        Faults.refuse(401, "UNAUTHORIZED"),
        Faults.refuse(401, "SESSION_EXPIRED"),
        Faults.refuse(401, "SESSION_NOT_PROVIDED"),
        Faults.refuse(402, "PAYMENT_REQUIRED"),
        Faults.refuse(403, "FORBIDDEN"),
        Faults.refuse(404, "ROUTE_NOT_FOUND"),
        Faults.page(404),
        Faults.refuse(405, "METHOD_NOT_ALLOWED"),
        Faults.redirect(302, "https://example.org/"));
  }

  @ParameterizedTest
  @MethodSource("refusedAsAWhole")
  void pausesWithoutCountingAnAttemptWhereItIsNotTheFilesFault(Fault refusal) throws Exception {
    sandbox.faults().next(Route.INIT, refusal);
    dropWhole();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(2);
    assertThat(calls(Route.CHECK)).hasSizeBetween(1, 2);
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isOne();
    assertThat(mediadrop.drop().resolve("PAUSED.txt")).doesNotExist();
  }

  static Stream<Fault> unreadable() {
    return Stream.of(Faults.page(200), Faults.hugeAnswer(2 << 20), Faults.deepAnswer(200));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void asksAgainForASessionWhereTheAnswerCannotBeRead(Fault unreadable) throws Exception {
    sandbox.faults().next(Route.INIT, unreadable);
    dropWhole();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(2);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void waitsWithoutACallWhileNothingAnswers() throws Exception {
    int port = sandbox.port();
    sandbox.close();
    dropWhole();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);

    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPort(port));
    mediadrop.awaitFiled(1);
    assertThat(calls(Route.INIT)).hasSize(1);
    assertThat(calls(Route.WHOLE)).hasSize(1);
    assertThat(calls(Route.CHECK)).isEmpty();
  }

  /** A refusal after the first byte says nothing about the bytes, so the API is asked. */
  @ParameterizedTest
  @CsvSource({"402, PAYMENT_REQUIRED", "403, FORBIDDEN", "500, INTERNAL", "503, NETWORK_ERROR"})
  void asksTwiceBeforeAWholeFileIsSentAgain(int status, String type) throws Exception {
    sandbox.faults().next(Route.WHOLE, Faults.refuse(status, type));
    dropWhole();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.CHECK)).hasSize(2);
    assertThat(calls(Route.INIT)).hasSize(2);
    assertThat(calls(Route.WHOLE)).hasSize(2);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, RULES_OUTDATED",
    "402, PAYMENT_REQUIRED",
    "403, FORBIDDEN",
    "500, INTERNAL",
    "503, NETWORK_ERROR"
  })
  void sendsOnlyTheRefusedPartAgain(int status, String type) throws Exception {
    sandbox.faults().on(When.route(Route.PART).call(2), Faults.refuse(status, type));
    dropParts();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(1);
    assertThat(calls(Route.PART)).hasSize(5);
    assertThat(calls(Route.COMPLETE)).hasSize(1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, RULES_OUTDATED",
    "402, PAYMENT_REQUIRED",
    "403, FORBIDDEN",
    "500, INTERNAL",
    "503, NETWORK_ERROR"
  })
  void callsCompleteOnceMoreWhereItIsRefused(int status, String type) throws Exception {
    sandbox.faults().next(Route.COMPLETE, Faults.refuse(status, type));
    dropParts();
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.INIT)).hasSize(1);
    assertThat(calls(Route.PART)).hasSize(4);
    assertThat(calls(Route.COMPLETE)).hasSize(2);
    assertThat(calls(Route.CHECK)).isEmpty();
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INIT", "PART"})
  void isSentAgainWhereAnAnswerDoesNotSayThatItWasTaken(Route route) throws Exception {
    Answer nothing = Answer.text(200, "application/json", "{\"error\":\"Unknown error\"}");
    sandbox.faults().next(route, Faults.answer(nothing));
    dropParts();
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.COMPLETE)).hasSize(1);
  }

  @Test
  void isGivenUpWithAReasonThatAPersonUnderstands() throws Exception {
    mediadrop.stop();
    mediadrop
        .impatiently()
        .with("mediadrop.retry.max-wait", "200ms")
        .with("mediadrop.retry.give-up-after", "300ms")
        .start();
    // asked to wait for longer than a worker does, it makes one call each time
    sandbox.faults().on(When.route(Route.INIT), Faults.rateLimited(6));
    dropWhole();
    mediadrop.awaitFailed(1);

    assertThat(sandbox.calls()).hasSize(5);
    assertThat(Files.readAllLines(mediadrop.failed().resolve("default/a.jpg.reason.txt")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "What happened: a.jpg was not uploaded. It failed 5 times, the last")
                    .contains("429 RATE_LIMIT_EXCEEDED", "req_"),
            line -> assertThat(line).startsWith("Whose fault:   the API's or the network's"),
            line -> assertThat(line).startsWith("What to do:    retry when the API works again"),
            line -> assertThat(line).endsWith("move a.jpg back into " + mediadrop.drop()));
  }

  private void dropWhole() {
    mediadrop.put("a.jpg", 5000);
  }

  private void dropParts() {
    mediadrop.put("a.mp4", 4 * PART);
  }

  private List<Call> calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).toList();
  }
}
