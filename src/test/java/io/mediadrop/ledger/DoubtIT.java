package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that ended without a clear answer. */
class DoubtIT {

  private static final int PART = 64 * 1024;
  private static final MediaBehaviour NEVER_FOUND = MediaBehaviour.atOnce().findable(Due.never());

  private static final String GONE_LIKE_IT =
      "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 60) INSERT INTO"
          + " work (id, lane, connection, source, path, size, modified, file_key, state,"
          + " content_type, media_upload_id, plan, md5, doubt_since, claimed_at) SELECT id + n,"
          + " lane, connection, source || n, path || n, size, modified, '', state, content_type,"
          + " media_upload_id || n, plan, md5, doubt_since, claimed_at FROM work, n";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox;

  private void start(MediaBehaviour media, String policy) throws Exception {
    sandbox =
        mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART).withMedia(name -> media));
    run(policy);
  }

  private void run(String policy) throws Exception {
    mediadrop.impatiently().with("mediadrop.doubt", policy).start();
  }

  private void restart() throws Exception {
    mediadrop.stop();
    run("resend");
  }

  private void start() throws Exception {
    start(MediaBehaviour.atOnce(), "resend");
  }

  static Stream<Fault> unclearAnswers() {
    return Stream.of(
        Faults.answerLost(),
        Faults.answerCut(),
        Faults.truncatedJson(),
        Faults.hugeAnswer(2 << 20),
        Faults.deepAnswer(200),
        Faults.answerReplaced(Answer.text(409, "application/json", "{}")),
        answered("{}"),
        answered("{\"error\":\"Unknown error\",\"type\":\"UNKNOWN_ERROR\"}"),
        answered("{\"mediaUploadId\":\"upload:of-another\",\"media\":{\"id\":7}}"));
  }

  /** All is done, but the API says this. */
  private static Fault answered(String json) {
    return Faults.answerReplaced(Answer.text(200, "application/json", json));
  }

  @ParameterizedTest
  @MethodSource("unclearAnswers")
  void isAdoptedWithoutSendingAByteAgain(Fault unclear) throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, unclear);
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.INIT)).isOne();
    assertThat(calls(Route.WHOLE)).isOne();
    assertThat(mediadrop.json("a.jpg.media.json").path("adopted").asBoolean()).isTrue();
  }

  static Stream<Fault> unclearAnswersToComplete() {
    return Stream.of(Faults.answerLost(), answered("{}"));
  }

  @ParameterizedTest
  @MethodSource("unclearAnswersToComplete")
  void isAdoptedWhenTheAnswerToCompleteIsUnclear(Fault unclear) throws Exception {
    start();
    sandbox.faults().next(Route.COMPLETE, unclear);
    mediadrop.put("a.mp4", 3 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.INIT)).isOne();
    assertThat(calls(Route.PART)).isEqualTo(3);
    assertThat(mediadrop.json("a.mp4.media.json").path("adopted").asBoolean()).isTrue();
  }

  @Test
  void isAskedForWhenNoAnswerToCompleteEverArrives() throws Exception {
    start();
    sandbox.faults().on(When.route(Route.COMPLETE), Faults.answerLost());
    mediadrop.put("a.mp4", 3 * PART);
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.COMPLETE)).isEqualTo(2);
    assertThat(mediadrop.json("a.mp4.media.json").path("adopted").asBoolean()).isTrue();
  }

  @Test
  void isGivenTimeAnewWhenTheSecondCompleteIsNotAnsweredEither() throws Exception {
    MediaBehaviour foundLate = MediaBehaviour.atOnce().findable(Due.after(Duration.ofMillis(1500)));
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults().withPartSize(PART).withMedia(name -> foundLate));
    mediadrop.impatiently().with("mediadrop.doubt.wait", "2s").start();
    sandbox.faults().next(Route.COMPLETE, Faults.cutAfter(1));
    sandbox.faults().on(When.route(Route.COMPLETE).call(2), lostAfter(Duration.ofSeconds(2)));
    mediadrop.put("a.mp4", 3 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.INIT)).isOne();
    assertThat(mediadrop.json("a.mp4.media.json").path("adopted").asBoolean()).isTrue();
  }

  @Test
  void isGivenTheTimeThatTheApiMayNeedForALargeFile() throws Exception {
    MediaBehaviour foundLate = MediaBehaviour.atOnce().findable(Due.after(Duration.ofSeconds(4)));
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults().withPartSize(8 << 20).withMedia(name -> foundLate));
    mediadrop.impatiently().start();
    sandbox.faults().next(Route.COMPLETE, Faults.cutAfter(1));
    sandbox.faults().on(When.route(Route.COMPLETE).call(2), lostAfter(Duration.ZERO));
    mediadrop.put("a.mp4", 32 << 20);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.INIT)).isOne();
  }

  /** The API takes its time, then does all, and nobody hears of it. */
  private static Fault lostAfter(Duration time) {
    return new Fault() {
      @Override
      public Answer instead(Exchange call) throws IOException {
        call.wire().pause(time);
        return null;
      }

      @Override
      public Answer answering(Answer answer, Exchange call) throws IOException {
        throw call.wire().cut();
      }
    };
  }

  @Test
  void isCompletedOnceMoreWhenCompleteDidNotReachTheApi() throws Exception {
    start();
    sandbox.faults().next(Route.COMPLETE, Faults.cutAfter(1));
    mediadrop.put("a.mp4", 3 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.COMPLETE)).isEqualTo(2);
    assertThat(calls(Route.PART)).isEqualTo(3);
    assertThat(calls(Route.CHECK)).isZero();
  }

  @Test
  void isSentWithANewSessionOnceTheApiHasBeenAskedTwice() throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, Faults.cutAfter(1000));
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.CHECK)).isEqualTo(2);
    assertThat(calls(Route.INIT)).isEqualTo(2);
    assertNoSessionWasSentToTwice();
  }

  @Test
  void isAdoptedWhenTheApiFindsItOnlyLater() throws Exception {
    start(MediaBehaviour.atOnce().findable(Due.afterPolls(1)), "resend");
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.WHOLE)).isOne();
  }

  @Test
  void saysSoWhereItMayBeStoredTwice() throws Exception {
    start(NEVER_FOUND, "resend");
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    try (LogLines log = new LogLines()) {
      mediadrop.put("a.jpg", 5000);
      mediadrop.awaitFiled(1);

      // where nobody is named, the event itself is what is logged
      assertThat(log.all()).anyMatch(line -> line.contains("\"resentInDoubt\":1"));
    }
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(mediadrop.json("a.jpg.media.json").path("resentInDoubt").asInt()).isOne();
    assertNoSessionWasSentToTwice();
  }

  @Test
  void isHeldOnceItWasSentAgainManyTimes() throws Exception {
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withMedia(name -> NEVER_FOUND));
    mediadrop.impatiently().with("mediadrop.doubt.wait", "20ms").start();
    Answer late = Answer.text(504, "text/html", "<");
    sandbox.faults().on(When.route(Route.WHOLE), Faults.answerReplaced(late));
    mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> mediadrop.drops("SENDING") == 1);
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    ledger.write(handle -> handle.execute("UPDATE work SET resent = 6"));
    mediadrop.awaitFailed(1);

    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(mediadrop.failed().resolve("default/a.jpg.reason.txt"))
        .content()
        .contains("Outcome unknown: each of 8 uploads ended without a clear answer");
  }

  @ParameterizedTest
  @CsvSource({"5000, WHOLE, 413", "200000, COMPLETE, 422"})
  void endsInFailedWhereTheApiHasRefusedItAndDoesNotKnowIt(int size, Route route, int status)
      throws Exception {
    start();
    sandbox.faults().on(When.route(route), Faults.refuse(status, "NOT_TAKEN"));
    mediadrop.put("a.mp4", size);
    Running.patiently().until(() -> calls(Route.CHECK) == 1);
    restart();
    mediadrop.awaitFailed(1);

    assertThat(calls(Route.INIT)).isOne();
    assertThat(calls(Route.CHECK)).isEqualTo(2);
    assertThat(mediadrop.failed().resolve("default/a.mp4.reason.txt"))
        .content()
        .contains("The API answered " + status + " NOT_TAKEN: Fault of the sandbox (req_");
  }

  @Test
  void isHeldForAPersonToDecide() throws Exception {
    start(NEVER_FOUND, "hold");
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFailed(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(mediadrop.failed().resolve("default/a.jpg.reason.txt"))
        .content()
        .contains("Outcome unknown");

    Files.move(mediadrop.failed().resolve("default/a.jpg"), mediadrop.drop().resolve("a.jpg"));
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void isHeldAlsoWhenItIsTouchedMeanwhile() throws Exception {
    start(NEVER_FOUND, "hold");
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    Path file = mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> !sandbox.uploads().isEmpty());
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    mediadrop.awaitFailed(1);

    assertThat(mediadrop.failed().resolve("default/a.jpg")).exists();
    assertThat(sandbox.uploads()).hasSize(1);
  }

  static Stream<Fault> obstaclesToAsking() {
    return Stream.of(
        Faults.refuse(401, "SESSION_EXPIRED"),
        Faults.refuse(401, "UNAUTHORIZED"),
        Faults.refuse(403, "FORBIDDEN"),
        Faults.rateLimited(1),
        Faults.refuse(503, "NETWORK_ERROR"),
        Faults.cutAfter(1),
        Faults.page(200));
  }

  @ParameterizedTest
  @MethodSource("obstaclesToAsking")
  void staysADoubtWhileTheApiCannotBeAsked(Fault obstacle) throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    sandbox.faults().next(Route.CHECK, obstacle);
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.WHOLE)).isOne();
    assertThat(mediadrop.json("a.jpg.media.json").path("adopted").asBoolean()).isTrue();
  }

  @Test
  void staysADoubtUntilTheApiSaysWhetherItHasTheFile() throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    sandbox.faults().on(When.route(Route.CHECK).calls(1, 2), answered("{}"));
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(calls(Route.WHOLE)).isOne();
    assertThat(mediadrop.json("a.jpg.media.json").path("adopted").asBoolean()).isTrue();
  }

  @Test
  void staysADoubtWhileTheApiIsDown() throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    int port = sandbox.port();
    mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> sandbox.uploads().size() == 1);
    sandbox.close();
    Running.patiently().pollDelay(Duration.ofSeconds(3)).until(() -> true);
    assertThat(mediadrop.drops("SENDING")).isOne();

    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPort(port));
    mediadrop.awaitFiled(1);
    assertNoSessionWasSentToTwice();
  }

  @ParameterizedTest
  @MethodSource("notTaken")
  void isNoneWhereTheApiSaysThatItDidNotLook(Fault refusal) throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, refusal);
    mediadrop.put("a.jpg", 5000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(calls(Route.INIT)).isOne();
    assertThat(calls(Route.WHOLE)).isEqualTo(2);
  }

  static Stream<Fault> notTaken() {
    return Stream.of(
        Faults.rateLimited(1),
        Faults.refuse(401, "RULES_OUTDATED"),
        Faults.refuse(401, "SESSION_EXPIRED"));
  }

  @Test
  void isNotCompletedWithPartsThatTheFileDoesNotHoldAnyMore() throws Exception {
    start();
    sandbox.faults().next(Route.COMPLETE, Faults.cutAfter(1));
    Path file = mediadrop.put("a.jpg", 3 * PART, 1);
    Running.patiently()
        .until(() -> mediadrop.drops("COMPLETING") == 1 && calls(Route.COMPLETE) == 1);
    String content = overwrite(file);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::md5).containsExactly(content);
    assertThat(mediadrop.drops("GONE")).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 3 * PART})
  void doesNotHoldWhatItsUserPutThereInstead(int size) throws Exception {
    start(NEVER_FOUND, "hold");
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    sandbox.faults().next(Route.COMPLETE, Faults.answerLost());
    sandbox.faults().on(When.route(Route.CHECK).calls(1, 1), Faults.refuse(503, "NETWORK_ERROR"));
    Path file = mediadrop.put("a.jpg", size, 1);
    Running.patiently().until(() -> sandbox.uploads().size() == 1);
    String content = overwrite(file);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(2).extracting(Upload::md5).contains(content);
    assertThat(Running.filesIn(mediadrop.failed())).isEmpty();
    assertThat(mediadrop.drops("GONE")).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void endsWhereTheFileIsGoneAndTheApiDoesNotKnowIt(int resent) throws Exception {
    start();
    sandbox.faults().next(Route.COMPLETE, Faults.cutAfter(1));
    Path file = mediadrop.put("a.jpg", 3 * PART, 1);
    Running.patiently()
        .until(() -> mediadrop.drops("COMPLETING") == 1 && calls(Route.COMPLETE) == 1);
    Files.delete(file);
    mediadrop
        .bean("ledger", Ledger.class)
        .write(handle -> handle.execute("UPDATE work SET resent = ?", resent));
    Running.patiently().until(() -> mediadrop.drops("GONE") == 1);

    assertThat(sandbox.uploads()).isEmpty();
    assertThat(calls(Route.CHECK)).isEqualTo(2);
  }

  @Test
  void isAskedForFewFilesAtOnceHoweverManyAreGone() throws Exception {
    start();
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    sandbox.faults().on(When.route(Route.CHECK), Faults.delay(Duration.ofSeconds(3)));
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> calls(Route.CHECK) == 1);
    mediadrop.bean("ledger", Ledger.class).write(handle -> handle.execute(GONE_LIKE_IT));
    Running.patiently().until(() -> calls(Route.CHECK) > 10);
    Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

    assertThat(calls(Route.CHECK)).isLessThanOrEqualTo(21);
  }

  /** The content at the path from now on, of the same length. */
  private static String overwrite(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    return new Checksums().md5(file);
  }

  private void assertNoSessionWasSentToTwice() {
    List<String> paths =
        sandbox.calls().stream()
            .filter(call -> call.route() == Route.WHOLE)
            .map(call -> call.path())
            .toList();
    assertThat(paths).doesNotHaveDuplicates();
  }

  private long calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }

  private static Fault heldUntil(CountDownLatch released, AtomicInteger held) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) {
        held.incrementAndGet();
        try {
          released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return answer;
      }
    };
  }

  @Test
  void endsSoonWhereTheFileIsBackBeforeTheApiHasAnswered() throws Exception {
    start();
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    sandbox.faults().next(Route.WHOLE, Faults.cutAfter(1000));
    sandbox.faults().on(When.route(Route.CHECK).call(2), heldUntil(released, held));
    Path file = mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> calls(Route.CHECK) == 1);
    Path away = Files.move(file, mediadrop.home().resolve("data/away.jpg"));
    Running.patiently().until(() -> held.get() == 1);
    Files.move(away, file);
    released.countDown();
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void ofAFileThatIsSentAgainStaysItsWorkersWhenItIsRenamed() throws Exception {
    start(NEVER_FOUND, "resend");
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    sandbox.faults().next(Route.WHOLE, Faults.cutAfter(10_000));
    sandbox.faults().on(When.route(Route.WHOLE).call(2), heldUntil(released, held));
    Path file = mediadrop.put("a.jpg", 50_000);
    Running.patiently().until(() -> held.get() == 1);
    Files.move(file, mediadrop.drop().resolve("b.jpg"));
    long asked = calls(Route.CHECK);
    // longer than it takes to settle, and than the doubt that another would settle
    Running.patiently()
        .during(Duration.ofSeconds(3))
        .until(() -> calls(Route.CHECK) == asked && calls(Route.WHOLE) == 2);
    released.countDown();
    Running.patiently().until(() -> mediadrop.drops("FILED") + mediadrop.drops("DUPLICATE") > 0);

    assertThat(calls(Route.WHOLE)).isEqualTo(2);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void isNoneOfARenamedFileWhoseUploadGoesOn() throws Exception {
    start(NEVER_FOUND, "resend");
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    sandbox.faults().next(Route.WHOLE, heldUntil(released, held));
    Path file = mediadrop.put("a.jpg", 50_000);
    Running.patiently().until(() -> held.get() == 1);
    Files.move(file, mediadrop.drop().resolve("b.jpg"));
    Running.patiently().during(Duration.ofSeconds(6)).until(() -> calls(Route.CHECK) == 0);
    released.countDown();
    Running.patiently().until(() -> mediadrop.drops("FILED") + mediadrop.drops("DUPLICATE") > 0);

    assertThat(calls(Route.WHOLE)).isOne();
  }
}
