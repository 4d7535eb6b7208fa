package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillPointsIT {

  private static final String PHOTO = "photo.jpg";
  private static final String VIDEO = "video.mp4";
  private static final long PART = 64 * 1024;

  /** Every point takes minutes; {@code -Dkill.every=1} takes them all. */
  private static final int EVERY = Integer.getInteger("kill.every", 6);

  /**
   * {@code -Dkill.only=…} takes those in whose names the pattern is found, such as a failed one.
   */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("kill.only", ""));

  private static final Pattern SHARED =
      Pattern.compile("GroupedWrites|syncFoldersOf|FilingBatch.file");

  /** The start of a process takes long where many others start too. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void losesAndDoublesNothingWhereverTheProcessIsKilled() throws Exception {
    List<String> points = record();
    assertThat(points).as("points that a run passes").hasSizeGreaterThan(60);
    points = points.stream().filter(point -> ONLY.matcher(point).find()).toList();
    assertThat(points).as("points with " + ONLY).isNotEmpty();

    List<String> failures = new ArrayList<>();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < points.size(); i += EVERY) {
        String point = points.get(i);
        Path home = folder.resolve("home-" + i);
        results.add(two.submit(() -> killAt(point, home)));
      }
      for (Future<String> result : results) {
        if (!result.get().isEmpty()) {
          failures.add(result.get());
        }
      }
    } finally {
      two.shutdownNow();
    }
    assertThat(failures).isEmpty();
  }

  private List<String> record() throws Exception {
    Path home = folder.resolve("recording");
    Path record = folder.resolve("points.txt");
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Subscriber subscriber = new Subscriber()) {
      drop(home);
      try (Child child =
          child(home, subscriber).property(KillPoints.RECORD, record.toString()).start(sandbox)) {
        child.awaitDrained(2, PATIENCE);
      }
    }
    // looks that are repeated by the clock are no part of a file's story, and how many deliveries
    // or files share a step is a matter of chance
    return Files.readAllLines(record).stream()
        .filter(point -> !point.contains("Upkeep") && !point.contains("LedgerTrim"))
        .filter(point -> !SHARED.matcher(point).find() || point.endsWith("#1"))
        .toList();
  }

  private String killAt(String point, Path home) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Subscriber subscriber = new Subscriber()) {
      drop(home);
      byte[] photo = Files.readAllBytes(home.resolve("drop").resolve(PHOTO));
      try (Child doomed = child(home, subscriber).property(KillPoints.AT, point).start(sandbox)) {
        int exit = doomed.awaitEnd(PATIENCE.toSeconds());
        if (exit != 137) {
          return point + " was not visited: exit code " + exit + "\n" + doomed.output();
        }
      }
      List<String> violations = LedgerInvariants.violations(home);
      try (Child child = child(home, subscriber).start(sandbox)) {
        try {
          child.awaitDrained(2, PATIENCE);
          assertThatCode(() -> check(home, sandbox, subscriber, photo)).doesNotThrowAnyException();
          assertThat(violations).isEmpty();
          return "";
        } catch (AssertionError | ConditionTimeoutException e) {
          return point + ": " + e.getMessage() + "\n" + child.output();
        }
      }
    }
  }

  private static Child.Builder child(Path home, Subscriber subscriber) {
    // one of each at a time, so that every run passes the same points in the same order
    return Child.on(home)
        .set("mediadrop.lane.concurrency", "1")
        .set("mediadrop.upload.parts-in-flight", "1")
        .set("mediadrop.notify.uri", subscriber.uri());
  }

  private static void drop(Path home) throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop"));
    MediaFiles.write(drop.resolve(PHOTO), 20_000);
    MediaFiles.write(drop.resolve(VIDEO), 2 * PART + 1000);
  }

  private static void check(Path home, Sandbox sandbox, Subscriber subscriber, byte[] photo)
      throws Exception {
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactlyInAnyOrder(PHOTO, VIDEO);
    assertThat(Running.filesIn(home.resolve("drop"))).isEmpty();
    assertThat(Running.filesIn(home.resolve("failed"))).isEmpty();
    List<String> archived = Running.filesIn(home.resolve("archive"));
    assertThat(archived.stream().map(f -> f.substring(f.lastIndexOf('/') + 1)))
        .containsExactlyInAnyOrder(
            PHOTO,
            PHOTO + ".media.json",
            PHOTO + ".assets.json",
            VIDEO,
            VIDEO + ".media.json",
            VIDEO + ".assets.json");
    Path original =
        home.resolve("archive")
            .resolve(archived.stream().filter(f -> f.endsWith(PHOTO)).findFirst().orElseThrow());
    assertThat(original).hasBinaryContent(photo);
    assertThat(subscriber.eventsOf(PHOTO)).hasSize(1);
    assertThat(subscriber.eventsOf(VIDEO)).hasSize(1);
  }
}
