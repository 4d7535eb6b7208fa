package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import io.mediadrop.sandbox.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that their user changes in every way while mediadrop works on them, all at once. */
class SourceChangeIT {

  private static final int PART = 64 * 1024;

  /** More than the sockets of a connection take in while nobody reads. */
  private static final int MORE_THAN_BUFFERS = 24 << 20;

  @TempDir Path home;
  private final Map<Change, String> before = new EnumMap<>(Change.class);
  private final Map<Change, String> after = new EnumMap<>(Change.class);
  private Sandbox sandbox;
  private Running running;

  /** Holds the bodies of calls back until it is opened. */
  private static final class Gate implements Fault {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    public InputStream reading(InputStream body, Wire wire) {
      waiting.incrementAndGet();
      try {
        opened.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return body;
    }
  }

  private void start(long partSize) throws Exception {
    sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(partSize));
    running =
        Running.on(home)
            .impatiently()
            .with("mediadrop.lane.concurrency", String.valueOf(Change.values().length + 1))
            .with("mediadrop.retry.max-wait", "3s")
            .start(sandbox);
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
    sandbox.close();
  }

  @Test
  void areCutOffInTheirPutUnlessTheirContentIsStillTheSame() throws Exception {
    start(MORE_THAN_BUFFERS * 2);
    Gate gate = new Gate();
    sandbox.faults().on(When.route(Route.WHOLE).calls(1, Change.values().length), gate);
    drop(MORE_THAN_BUFFERS, "mp3");
    Running.patiently().until(() -> gate.waiting.get() == Change.values().length);

    changeAll("mp3");
    gate.opened.countDown();

    awaitRest();
    // the upload of a file that went elsewhere or nowhere ends as it was begun
    assertStored(
        change ->
            change == Change.MADE_A_FOLDER
                ? List.of()
                : List.of(change.makesAnotherContent() ? after.get(change) : before.get(change)));
    assertThat(calls(Route.WHOLE)).isEqualTo(Change.values().length + 5);
    assertThat(running.drops("DUPLICATE")).as("renamed").isOne();
  }

  @Test
  void areSentAnewWhenTheyChangeBetweenTheirParts() throws Exception {
    start(PART);
    Gate gate = new Gate();
    sandbox.faults().on(When.route(Route.PART).calls(1, 2L * Change.values().length), gate);
    drop(6 * PART, "mp3");
    Running.patiently().until(() -> gate.waiting.get() == 2 * Change.values().length);

    changeAll("mp3");
    gate.opened.countDown();

    awaitRest();
    assertStored(this::whatIsLeft);
    assertThat(calls(Route.COMPLETE)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 6 * PART})
  void areTakenAsTheyAreWhenTheyChangeWhileTheyWait(int size) throws Exception {
    start(PART);
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "NETWORK_ERROR"));
    drop(size, "mp3");
    Running.patiently().until(() -> running.drops("WAITING") == Change.values().length);

    changeAll("mp3");
    sandbox.faults().clear();

    awaitRest();
    assertStored(this::whatIsLeft);
    assertThat(calls(Route.CHECK)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 6 * PART})
  void areAdoptedAsTheyWereWhenTheyChangeInDoubt(int size) throws Exception {
    start(PART);
    sandbox.faults().on(When.route(Route.WHOLE), Faults.answerLost());
    sandbox.faults().on(When.route(Route.COMPLETE), Faults.answerLost());
    sandbox.faults().on(When.route(Route.CHECK), Faults.refuse(503, "NETWORK_ERROR"));
    drop(size, "mp3");
    Running.patiently().until(() -> inDoubt() == Change.values().length);

    changeAll("mp3");
    sandbox.faults().clear();

    awaitRest();
    assertStored(
        change ->
            change.makesAnotherContent()
                ? List.of(before.get(change), after.get(change))
                : List.of(before.get(change)));
    assertThat(running.json("appended.mp3.media.json").path("superseded").asBoolean()).isTrue();
    assertThat(running.json("appended.mp3.media.json").path("archived").isNull()).isTrue();
    assertThat(running.json("deleted.mp3.media.json").path("adopted").asBoolean()).isTrue();
    assertThat(running.json("other-name.mp3.media.json").path("adopted").asBoolean()).isTrue();
    assertThat(running.drops("DUPLICATE")).isZero();
  }

  private List<String> whatIsLeft(Change change) {
    return change.takesTheFileAway() ? List.of() : List.of(after.get(change));
  }

  private void drop(int size, String extension) {
    for (Change change : Change.values()) {
      Path file = home.resolve("data").resolve(name(change, extension));
      MediaFiles.write(file, size + 100L * change.ordinal(), change.ordinal());
      before.put(change, hash(file));
      try {
        Files.move(file, running.drop().resolve(file.getFileName()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void changeAll(String extension) throws IOException {
    for (Change change : Change.values()) {
      Path file = running.drop().resolve(name(change, extension));
      change.to(file);
      if (change == Change.RENAMED || change == Change.TOUCHED) {
        after.put(change, before.get(change));
      } else if (change.makesAnotherContent()) {
        after.put(change, hash(file));
      }
    }
  }

  private static String name(Change change, String extension) {
    return change.name().toLowerCase() + "." + extension;
  }

  private void awaitRest() {
    Running.patiently()
        .untilAsserted(
            () -> {
              assertThat(Running.filesIn(running.drop())).isEmpty();
              assertThat(underWay()).isZero();
              assertThat(running.undelivered()).isZero();
            });
  }

  private int underWay() {
    return count("state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE', 'MISSING')");
  }

  private int inDoubt() {
    return count("doubt_since IS NOT NULL");
  }

  private int count(String condition) {
    return running
        .bean("ledger", Ledger.class)
        .read(
            handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM drops WHERE " + condition)
                    .mapTo(Integer.class)
                    .one());
  }

  /** What the API has, and that everything which was there to be archived lies in the archive. */
  private void assertStored(Function<Change, List<String>> expected) {
    SoftAssertions softly = new SoftAssertions();
    List<String> archived = hashes(running.archive());
    List<String> known = new ArrayList<>();
    for (Change change : Change.values()) {
      List<String> stored =
          sandbox.uploads().stream()
              .map(Upload::sha256)
              .filter(sha -> sha.equals(before.get(change)) || sha.equals(after.get(change)))
              .toList();
      known.addAll(stored);
      softly
          .assertThat(stored)
          .as("stored of the one that was %s", change)
          .containsExactlyInAnyOrderElementsOf(expected.apply(change));
      if (after.containsKey(change)) {
        softly.assertThat(archived).as("archived, %s", change).containsOnlyOnce(after.get(change));
      }
    }
    softly.assertThat(sandbox.uploads()).as("nothing else").hasSameSizeAs(known);
    softly.assertThat(Running.filesIn(running.failed())).isEmpty();
    softly.assertAll();
  }

  private static List<String> hashes(Path folder) {
    return Running.filesIn(folder).stream()
        .filter(name -> !name.endsWith(".json"))
        .map(name -> hash(folder.resolve(name)))
        .toList();
  }

  private static String hash(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }
}
