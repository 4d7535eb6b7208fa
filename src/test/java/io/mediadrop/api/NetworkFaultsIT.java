package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The calls of an upload go wrong, each in every way, while a whole upload and one in parts run.
 * The combination is chosen by {@code -Dnetwork.seed=…} and as long as {@code -Dnetwork.files=…}.
 */
class NetworkFaultsIT {

  private static final long PART = 64 * 1024;
  private static final long SEED = Long.getLong("network.seed", System.nanoTime());
  private static final int FILES = Integer.getInteger("network.files", 60);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  static Stream<Arguments> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("503", Faults.refuse(503, "NETWORK_ERROR"));
    faults.put("500", Faults.refuse(500, "UNKNOWN_ERROR"));
    faults.put("500 before the body is read", Faults.refuseUnread(500, "UNKNOWN_ERROR"));
    faults.put("502 in HTML", Faults.page(502));
    faults.put("429 with Retry-After", Faults.rateLimited(1));
    faults.put("429 without", Faults.refuse(429, "RATE_LIMIT_EXCEEDED"));
    faults.put("cut at once", Faults.cutAfter(0));
    faults.put("cut half-way", Faults.cutAfter(30_000));
    faults.put("reset half-way", Faults.resetAfter(30_000));
    faults.put("slow reading", Faults.slowReading(200_000));
    faults.put("slow answer", Faults.slowAnswer(Duration.ofSeconds(2)));
    faults.put("trickling answer", Faults.trickledAnswer(1000));
    faults.put("answer lost", Faults.answerLost());
    faults.put("answer cut", Faults.answerCut());
    faults.put("502 though all is done", Faults.answerReplaced(Answer.text(502, "text/html", "<")));
    faults.put(
        "a page though all is done", Faults.answerReplaced(Answer.text(200, "text/html", "<")));
    faults.put("401 in HTML", Faults.answerReplaced(Answer.text(401, "text/html", "<h1>Log in")));
    faults.put("403 in HTML", Faults.answerReplaced(Answer.text(403, "text/html", "<h1>No")));
    faults.put("truncated JSON", Faults.truncatedJson());
    faults.put("answer of 2 MiB", Faults.hugeAnswer(2 << 20));
    faults.put("answer nested deeply", Faults.deepAnswer(5000));
    faults.put("connection closed afterwards", Faults.closeAfterwards());
    faults.put("session expired", Faults.expireConnection());
    faults.put("redirect", Faults.redirect(307, "http://127.0.0.1:1/elsewhere"));
    return faults.entrySet().stream().map(fault -> arguments(fault.getKey(), fault.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void leavesEachFileStoredOnceWhicheverCallItHits(String name, Fault fault) throws Exception {
    Route[] routes = {Route.INIT, Route.WHOLE, Route.PART, Route.COMPLETE};
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    start();
    List<String> dropped = new ArrayList<>();
    for (Route route : routes) {
      sandbox.faults().clear();
      sandbox.faults().next(route, fault);
      dropped.add(drop("photo-" + route + ".jpg", 50_000, dropped.size()));
      dropped.add(drop("video-" + route + ".mp4", 2 * PART + 999, dropped.size()));
      awaitStored(dropped, Duration.ofSeconds(60), sandbox);
    }
    checkOnce(sandbox, dropped);
  }

  /** All at the same time, because each takes the minute that mediadrop waits for a byte. */
  @Test
  void leavesEachFileStoredOnceWhereACallHangs() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(8 << 20));
    start();
    sandbox.faults().next(Route.INIT, Faults.silence());
    sandbox.faults().next(Route.WHOLE, Faults.stallAfter(100_000));
    sandbox.faults().on(When.route(Route.WHOLE).call(2), Faults.answerStalled());
    sandbox.faults().next(Route.PART, Faults.stallAfter(100_000));
    sandbox.faults().next(Route.COMPLETE, Faults.answerStalled());
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      dropped.add(drop("whole-" + i + ".mp4", 7 << 20, i));
      dropped.add(drop("parts-" + i + ".mp4", (16 << 20) + 999, i));
    }
    awaitStored(dropped, Duration.ofMinutes(4), sandbox);
    checkOnce(sandbox, dropped);
  }

  @Test
  void leavesEachFileStoredOnceWhenEverythingGoesWrongAtRandom() throws Exception {
    Random random = new Random(SEED);
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    start();
    script(sandbox.faults(), random);
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      long size = i % 3 == 0 ? 2 * PART + random.nextInt(100_000) : 5000 + random.nextInt(50_000);
      String name = "file-" + i + (i % 3 == 0 ? ".mp4" : ".jpg");
      dropped.add(drop(name, size, random.nextLong()));
    }
    awaitStored(dropped, Duration.ofSeconds(60), sandbox);
    checkOnce(sandbox, dropped);
  }

  /** Each kind of trouble now and then; of all calls together about a quarter goes wrong. */
  private static void script(FaultScript script, Random random) {
    faults()
        .filter(fault -> !List.of("session expired", "redirect").contains(fault.get()[0]))
        .forEach(
            fault ->
                script.on(
                    When.anyCall().probability(0.015, random.nextLong()), (Fault) fault.get()[1]));
  }

  private void start() throws Exception {
    mediadrop
        .with("mediadrop.lane.concurrency", "4")
        .with("mediadrop.doubt.wait", "1s")
        .with("mediadrop.retry.max-wait", "1s")
        .with("mediadrop.pause.probe", "200ms")
        .start();
  }

  private String drop(String name, long size, long seed) throws Exception {
    Path file = MediaFiles.write(mediadrop.drop().resolveSibling("data/" + name), size, seed);
    String content = new Checksums().md5(file);
    Files.move(file, mediadrop.drop().resolve(name));
    return content;
  }

  private void awaitStored(List<String> dropped, Duration limit, Sandbox sandbox) {
    Running.patiently()
        .atMost(limit)
        .untilAsserted(
            () -> {
              // a person who logs in again soon after the session has expired
              sandbox.connection(Sandbox.CONNECTION).reconnect();
              assertThat(mediadrop.drops("FILED"))
                  .as("filed, seed %d", SEED)
                  .isEqualTo(dropped.size());
              assertThat(mediadrop.undelivered()).as("not told, seed %d", SEED).isZero();
            });
  }

  private void checkOnce(Sandbox sandbox, List<String> dropped) {
    assertThat(sandbox.uploads())
        .as("stored, seed %d", SEED)
        .extracting(Upload::md5)
        .containsExactlyInAnyOrderElementsOf(dropped);
    assertThat(Running.filesIn(mediadrop.drop())).as("left behind").isEmpty();
    assertThat(Running.filesIn(mediadrop.failed())).as("failed").isEmpty();
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(3 * dropped.size());
    assertThat(sandbox.calls()).extracting(Call::route).doesNotContain(Route.UNKNOWN);
  }
}
