package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where mediadrop cannot know: the API has a file, its answer was lost, and asked for the file it
 * says that it has none. Half of the files are sent whole and half in parts; every second answer
 * that ends an upload is lost at first.
 */
class HonestLimitIT {

  private static final int PART = 64 * 1024;
  private static final int FILES = Integer.getInteger("limit.files", 8);
  private static final int KILLS = Integer.getInteger("limit.kills", 2);

  /**
   * When the API finds a file that it has, against a wait of one second before it is sent again.
   */
  enum Finding {
    LATE(Due.after(Duration.ofSeconds(30))),
    ONLY_AFTER_USE(Due.onceUsed()),
    NEVER(Due.never());

    private final MediaBehaviour media;

    Finding(Due due) {
      media = MediaBehaviour.atOnce().findable(due);
    }
  }

  @TempDir Path folder;
  private Sandbox sandbox;
  private Child child;

  @AfterEach
  void stop() throws IOException {
    if (child != null) {
      child.close();
    }
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource
  void isCountedWhereFilesAreSentAgain(Finding finding) throws Exception {
    start(finding, "resend");
    await("FILED", FILES);

    assertThat(stored()).hasSize(FILES);
    assertThat(doubles())
        .isPositive()
        .isEqualTo(reported(receipts()))
        .isEqualTo(reported(events()));
    report(finding + " resend");
  }

  @ParameterizedTest
  @EnumSource
  void isLeftToAPersonWhereFilesAreHeld(Finding finding) throws Exception {
    start(finding, "hold");
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> count("FILED") + count("FAILED_MOVED") == FILES);

    assertThat(stored()).hasSize(FILES).allSatisfy((content, times) -> assertThat(times).isOne());
    assertThat(reasons()).hasSize(count("FAILED_MOVED")).isNotEmpty();
    assertThat(reasons()).allMatch(reason -> reason.contains("Outcome unknown"));
    report(finding + " hold");
  }

  /** A wait that is longer than the API needs is all it takes. */
  @Test
  void isNoneWhereTheApiFindsTheFileWithinTheWait() throws Exception {
    start(MediaBehaviour.atOnce().findable(Due.after(Duration.ofSeconds(2))), "resend", "4s");
    await("FILED", FILES);

    assertThat(stored()).hasSize(FILES).allSatisfy((content, times) -> assertThat(times).isOne());
    assertThat(reported(receipts())).isZero();
  }

  @Test
  void isReportedInFullAlsoWhenKilled() throws Exception {
    start(Finding.NEVER, "resend");
    killNowAndThen("resend");
    await("FILED", FILES);

    // a kill may come before the last byte, so that what is reported need not have happened
    assertThat(stored()).hasSize(FILES);
    assertThat(doubles()).isLessThanOrEqualTo(reported(receipts()));
    assertThat(reported(events())).isEqualTo(reported(receipts()));
    report("NEVER resend, killed");
  }

  @Test
  void storesNothingTwiceWhereFilesAreHeldAlsoWhenKilled() throws Exception {
    start(Finding.NEVER, "hold");
    killNowAndThen("hold");
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> count("FILED") + count("FAILED_MOVED") == FILES);

    assertThat(stored()).allSatisfy((content, times) -> assertThat(times).isOne());
    assertThat(reasons()).hasSize(count("FAILED_MOVED"));
    assertThat(reasons()).allMatch(reason -> reason.contains("Outcome unknown"));
    report("NEVER hold, killed");
  }

  private void start(Finding finding, String policy) throws Exception {
    start(finding.media, policy, "1s");
  }

  private void start(MediaBehaviour media, String policy, String wait) throws Exception {
    FaultScript everySecondLost = new FaultScript();
    for (int call = 1; call <= FILES / 2; call += 2) {
      everySecondLost.on(When.route(Route.WHOLE).call(call), Faults.answerLost());
      everySecondLost.on(When.route(Route.COMPLETE).call(call), Faults.answerLost());
    }
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withPartSize(PART)
                .withMedia(name -> media)
                .withFaults(everySecondLost));
    Path drop = Files.createDirectories(home().resolve("drop"));
    for (int n = 0; n < FILES; n++) {
      MediaFiles.write(drop.resolve(n + (n % 2 == 0 ? ".jpg" : ".mp4")), size(n), n);
    }
    run(policy, wait);
  }

  private static int size(int n) {
    return n % 2 == 0 ? 5000 : 3 * PART;
  }

  private void run(String policy, String wait) throws IOException {
    child =
        Child.on(home())
            .set("mediadrop.doubt", policy)
            .set("mediadrop.doubt.wait", wait)
            .set("mediadrop.lane.concurrency", "1")
            .set("mediadrop.notify.uri", "file:" + folder.resolve("events"))
            .start(sandbox);
  }

  private void killNowAndThen(String policy) throws Exception {
    for (int n = 1; n <= KILLS; n++) {
      int calls = sandbox.calls().size() + 5;
      Running.patiently().until(() -> sandbox.calls().size() >= calls || isDone());
      child.kill();
      run(policy, "1s");
    }
  }

  private boolean isDone() throws Exception {
    return count("FILED") + count("FAILED_MOVED") == FILES;
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void await(String state, int files) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> count(state) == files && undelivered() == 0);
  }

  private int count(String state) throws Exception {
    return LedgerInvariants.count(
        home(), "SELECT COUNT(*) FROM drops WHERE state = '" + state + "'");
  }

  private int undelivered() throws Exception {
    return LedgerInvariants.count(home(), "SELECT COUNT(*) FROM outbox");
  }

  private Map<String, Long> stored() {
    return sandbox.uploads().stream()
        .collect(Collectors.groupingBy(Upload::sha256, Collectors.counting()));
  }

  private long doubles() {
    return sandbox.uploads().size() - stored().size();
  }

  private List<JsonNode> receipts() throws IOException {
    return read(home().resolve("archive"), ".media.json").map(HonestLimitIT::json).toList();
  }

  /** One of each, since an event may be told more than once. */
  private List<JsonNode> events() throws IOException {
    return read(folder.resolve("events"), "")
        .map(HonestLimitIT::json)
        .collect(Collectors.toMap(event -> event.path("id").asText(), event -> event, (a, b) -> a))
        .values()
        .stream()
        .map(event -> event.path("data"))
        .toList();
  }

  private static long reported(List<JsonNode> told) {
    return told.stream().mapToInt(node -> node.path("resentInDoubt").asInt()).sum();
  }

  private List<String> reasons() throws IOException {
    return read(home().resolve("failed"), ".reason.txt").toList();
  }

  private static Stream<String> read(Path below, String end) {
    return Running.filesIn(below).stream()
        .filter(name -> name.endsWith(end))
        .map(
            name -> {
              try {
                return Files.readString(below.resolve(name), StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  private static JsonNode json(String text) {
    try {
      return AnswerJson.mapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void report(String run) throws IOException {
    System.out.printf(
        "%s: %d files, %d stored twice, %d reported, %d held%n",
        run, FILES, doubles(), reported(receipts()), reasons().size());
  }
}
