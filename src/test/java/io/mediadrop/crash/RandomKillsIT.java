package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process at random moments while the API fails at random. The kills are spread over the
 * work, however fast the machine is, and each tenth comes while the process starts. The length of
 * the run is set by {@code -Dkills=… -Dkills.files=…}, or by the profile {@code kills} for the full
 * one; a failure names the seed, which {@code -Dkills.seed=…} repeats.
 */
class RandomKillsIT {

  private static final int KILLS = Integer.getInteger("kills", 8);
  private static final int FILES = Integer.getInteger("kills.files", 200);
  private static final long SEED = Long.getLong("kills.seed", System.nanoTime());
  private static final long PART = 64 * 1024;

  /** Calls that a file takes at least: one that opens its session and one that sends it. */
  private static final int CALLS = 2;

  @TempDir Path folder;

  @Test
  void losesAndDoublesNothingWhileTheApiFailsAndTheProcessDies() throws Exception {
    Random random = new Random(SEED);
    Path home = folder.resolve("home");
    List<String> dropped = drop(home.resolve("drop"), random);
    try (Sandbox sandbox =
            Sandbox.start(
                SandboxOptions.defaults()
                    .withPartSize(PART)
                    .withFaults(faults(random.nextLong())));
        Subscriber subscriber = new Subscriber()) {
      int atWork = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        try (Child child = child(home, subscriber).start(sandbox)) {
          awaitMomentToDie(child, sandbox, kill, random);
          assertThat(child.isAlive())
              .as(() -> "still running before a kill, seed " + SEED + ": " + said(child))
              .isTrue();
          atWork += sandbox.uploads().size() < FILES ? 1 : 0;
        }
        assertThat(LedgerInvariants.violations(home))
            .as("after kill %d, seed %d", kill, SEED)
            .isEmpty();
      }
      try (Child child = child(home, subscriber).start(sandbox)) {
        child.awaitDrained(FILES, Duration.ofMinutes(10));
      }
      System.out.printf(
          "seed %d: %d files, %d kills (%d while there was work), %d calls, %d stored,"
              + " %d contents stored, %d left in drop/%n",
          SEED,
          FILES,
          KILLS,
          atWork,
          sandbox.calls().size(),
          sandbox.uploads().size(),
          sandbox.uploads().stream().map(Upload::sha256).distinct().count(),
          Running.filesIn(home.resolve("drop")).size());

      assertThat(sandbox.uploads())
          .as("stored at the API, seed %d", SEED)
          .extracting(Upload::sha256)
          .containsExactlyInAnyOrderElementsOf(dropped);
      assertThat(sandbox.calls())
          .as("sessions that a whole file was sent to, seed %d", SEED)
          .filteredOn(call -> call.route() == Route.WHOLE)
          .extracting(Call::path)
          .doesNotHaveDuplicates();
      assertThat(LedgerInvariants.violations(home)).as("seed %d", SEED).isEmpty();
      assertThat(Running.filesIn(home.resolve("drop"))).as("seed %d", SEED).isEmpty();
      assertThat(Running.filesIn(home.resolve("failed"))).as("seed %d", SEED).isEmpty();
      assertThat(Running.filesIn(home.resolve("archive"))).as("seed %d", SEED).hasSize(3 * FILES);
      assertThat(originals(home.resolve("archive")))
          .as("originals in the archive, seed %d", SEED)
          .containsExactlyInAnyOrderElementsOf(dropped);
      for (int i = 0; i < FILES; i++) {
        assertThat(subscriber.eventsOf(name(i)))
            .as("events of %s, seed %d", name(i), SEED)
            .hasSize(1);
      }
      assertThat(atWork).as("kills that struck while there was work, seed %d", SEED).isPositive();
    }
  }

  /** Waits for a random share of the work that is left, of which the kills to come get theirs. */
  private static void awaitMomentToDie(Child child, Sandbox sandbox, int kill, Random random)
      throws Exception {
    if (random.nextInt(10) == 0) {
      child.staysAliveFor(Duration.ofMillis(random.nextInt(2500)));
      return;
    }
    int share = CALLS * (FILES - sandbox.uploads().size()) / (KILLS - kill + 1);
    int calls = sandbox.calls().size() + 1 + random.nextInt(2 * share + 1);
    try {
      Running.patiently()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(7))
          .until(
              () ->
                  sandbox.calls().size() >= calls
                      || sandbox.uploads().size() >= FILES
                      || !child.isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "it does nothing any more, seed " + SEED + ": " + said(child) + child.threads(), e);
    }
    child.staysAliveFor(Duration.ofMillis(random.nextInt(30)));
  }

  private static String said(Child child) {
    try {
      return child.output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static FaultScript faults(long seed) {
    FaultScript faults = new FaultScript();
    faults.on(When.anyCall().probability(0.10, seed), Faults.refuse(503, "PROXY_ERROR"));
    for (Route route : new Route[] {Route.WHOLE, Route.PART}) {
      faults.on(When.route(route).probability(0.05, seed + 1), Faults.cutAfter(5_000));
    }
    for (Route route : new Route[] {Route.INIT, Route.WHOLE, Route.PART, Route.COMPLETE}) {
      faults.on(When.route(route).probability(0.05, seed + 2), Faults.answerLost());
    }
    return faults;
  }

  private static Child.Builder child(Path home, Subscriber subscriber) {
    return Child.on(home)
        .set("mediadrop.lane.concurrency", "8")
        .set("mediadrop.notify.uri", subscriber.uri());
  }

  private static List<String> drop(Path drop, Random random) throws Exception {
    Files.createDirectories(drop);
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      long size = i % 10 == 0 ? 2 * PART + random.nextInt(50_000) : 10_000 + random.nextInt(40_000);
      hashes.add(sha256(MediaFiles.write(drop.resolve(name(i)), size, i)));
    }
    return hashes;
  }

  private static List<String> originals(Path archive) throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String file : Running.filesIn(archive)) {
      if (!file.endsWith(".json")) {
        hashes.add(sha256(archive.resolve(file)));
      }
    }
    return hashes;
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  private static String name(int i) {
    return "file-" + i + (i % 10 == 0 ? ".mp4" : ".jpg");
  }
}
