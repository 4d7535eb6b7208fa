package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes that are to watch one folder. */
class TwoHomesTest {

  @TempDir Path folder;
  private Sandbox sandbox;
  private LogLines log;
  private Path shared;
  private Path config;

  @BeforeEach
  void prepare() throws Exception {
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, "conn_shared")
                .withConnection(Sandbox.KEY, "conn_linked")
                .withConnection(Sandbox.KEY, "conn_alice"));
    log = new LogLines();
    shared = Files.createDirectories(folder.resolve("shared"));
    config = folder.resolve("config");
    new WrittenLanes(config).add("shared", shared);
  }

  @AfterEach
  void tidyUp() throws IOException {
    log.close();
    sandbox.close();
  }

  @Test
  void uploadEachFileOnceSinceTheSecondDoesNotStart() throws Exception {
    try (Running first = home("first").start(sandbox)) {
      ScheduledExecutorService beats = beat(shared.resolve(FolderNote.NAME));
      try {
        assertThatThrownBy(() -> home("second").start(sandbox))
            .hasStackTraceContaining("lane shared: the folder " + shared + " is watched by")
            .hasStackTraceContaining(folder.resolve("first").toString())
            .hasStackTraceContaining("stop that one");
      } finally {
        beats.shutdownNow();
      }
      for (int n = 0; n < 5; n++) {
        MediaFiles.write(shared.resolve(n + ".jpg"), 2_000, n);
      }
      first.awaitFiled(5);
    }
    assertThat(sandbox.uploads()).hasSize(5);
    assertThat(shared.resolve(FolderNote.NAME)).content().contains("\"left\":true");

    try (Running second = home("second").start(sandbox)) {
      MediaFiles.write(shared.resolve("next.jpg"), 2_000, 99);
      second.awaitFiled(1);
    }
  }

  @Test
  void shareNoFolderByALinkEither() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), shared);
    Path other = folder.resolve("other");
    new WrittenLanes(other).add("linked", link);
    new WrittenLanes(folder.resolve("late"));
    Running first = home("first").start(sandbox);
    try (Running second = home("second").config(folder.resolve("late")).start(sandbox)) {
      try (first) {
        Files.copy(
            other.resolve("lanes/linked.camel.yaml"),
            folder.resolve("late/lanes/linked.camel.yaml"));
        Running.patiently()
            .until(() -> log.errors().stream().anyMatch(l -> l.contains("is watched by")));
        MediaFiles.write(shared.resolve("a.jpg"), 2_000);
        first.awaitFiled(1);
        assertThat(second.drops("FILED")).isZero();
      }
      Running.patiently()
          .until(() -> log.all().stream().anyMatch(l -> l.contains("Lane linked watches")));
      MediaFiles.write(shared.resolve("b.jpg"), 2_000, 2);
      second.awaitFiled(1);
    }
    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void leaveTheFoldersOfOneAnotherAlone() throws Exception {
    Path inner = Files.createDirectories(shared.resolve("alice"));
    Path innerConfig = folder.resolve("inner");
    new WrittenLanes(innerConfig).add("alice", inner);
    try (Running alice = home("first").config(innerConfig).start(sandbox);
        Running around = home("second").start(sandbox)) {
      MediaFiles.write(inner.resolve("hers.jpg"), 2_000, 1);
      MediaFiles.write(shared.resolve("theirs.jpg"), 2_000, 2);
      alice.awaitFiled(1);
      around.awaitFiled(1);
      assertThat(log.warningsWith(inner + " is left where it is")).hasSize(1);
    }
    assertThat(sandbox.uploads())
        .extracting("name")
        .containsExactlyInAnyOrder("hers.jpg", "theirs.jpg");
    assertThat(sandbox.calls())
        .anyMatch(call -> "conn_alice".equals(call.connection()))
        .anyMatch(call -> "conn_shared".equals(call.connection()));
  }

  @Test
  void leaveTheFoldersOfOneAnotherAloneAlsoWhileTheyAreStopped() throws Exception {
    Path inner = Files.createDirectories(shared.resolve("alice"));
    Path innerConfig = folder.resolve("inner");
    new WrittenLanes(innerConfig).add("alice", inner);
    home("first").config(innerConfig).start(sandbox).close();
    MediaFiles.write(inner.resolve("hers.jpg"), 2_000, 1);

    try (Running around = home("second").start(sandbox)) {
      MediaFiles.write(shared.resolve("theirs.jpg"), 2_000, 2);
      around.awaitFiled(1);
      Running.patiently().until(() -> log.warningsWith(inner + " is left where it is").size() == 1);
    }
    assertThat(sandbox.uploads()).extracting("name").containsExactly("theirs.jpg");
    assertThat(inner.resolve("hers.jpg")).exists();
  }

  @Test
  void knowAFolderThatWasMovedIntoAnotherLanesWhileTheyWereStopped() throws Exception {
    Path alices = Files.createDirectories(folder.resolve("alices"));
    new WrittenLanes(folder.resolve("more")).add("alice", alices);
    Files.copy(
        folder.resolve("more/lanes/alice.camel.yaml"), config.resolve("lanes/alice.camel.yaml"));
    home("first").start(sandbox).close();
    MediaFiles.write(alices.resolve("hers.jpg"), 2_000, 1);
    Path moved = Files.move(alices, shared.resolve("alices"));

    try (Running again = home("first").start(sandbox)) {
      MediaFiles.write(shared.resolve("theirs.jpg"), 2_000, 2);
      again.awaitFiled(1);
      Running.patiently()
          .until(
              () ->
                  log.warningsWith(moved + " is left where it is: it is the folder of lane alice")
                          .size()
                      == 1);
    }
    assertThat(sandbox.uploads()).extracting("name").containsExactly("theirs.jpg");
  }

  @Test
  void takeOverAFolderThatTheOtherHasLeft() throws Exception {
    home("first").start(sandbox).close();
    long begun = System.nanoTime();

    try (Running second = home("second").start(sandbox)) {
      MediaFiles.write(shared.resolve("a.jpg"), 2_000);
      second.awaitFiled(1);
    }
    assertThat(System.nanoTime() - begun).isLessThan(FolderNote.DEAD.toNanos());
  }

  @Test
  void leaveNoNoteOfALaneThatIsRemovedAndOneOfThoseThatAreStopped() throws Exception {
    try (Running first = home("first").start(sandbox)) {
      assertThat(shared.resolve(FolderNote.NAME)).exists();
      Files.delete(config.resolve("lanes/shared.camel.yaml"));
      Running.patiently().until(() -> !Files.exists(shared.resolve(FolderNote.NAME)));

      new WrittenLanes(folder.resolve("again")).add("shared", shared);
      Files.copy(
          folder.resolve("again/lanes/shared.camel.yaml"),
          config.resolve("lanes/shared.camel.yaml"));
      Running.patiently().until(() -> Files.exists(shared.resolve(FolderNote.NAME)));
      assertThat(first.drops("FILED")).isZero();
    }
    assertThat(shared.resolve(FolderNote.NAME)).content().contains("\"left\":true");
  }

  @Test
  void areTheSameHomeAfterAKill() throws Exception {
    byte[] left;
    try (Running killed = home("first").start(sandbox)) {
      left = Files.readAllBytes(shared.resolve(FolderNote.NAME));
      assertThat(killed.drops("FILED")).isZero();
    }
    Files.write(shared.resolve(FolderNote.NAME), left);
    long begun = System.nanoTime();

    try (Running next = home("first").start(sandbox)) {
      MediaFiles.write(shared.resolve("a.jpg"), 2_000);
      next.awaitFiled(1);
    }
    assertThat(System.nanoTime() - begun).isLessThan(FolderNote.DEAD.toNanos());
  }

  @Test
  void areToldAsOneThatLostItsDataAfterAKillOnceForAllItsLanes() throws Exception {
    Path second = Files.createDirectories(folder.resolve("second shared"));
    config = folder.resolve("both");
    WrittenLanes lanes = new WrittenLanes(config);
    lanes.add("shared", shared);
    lanes.add("linked", second);
    byte[] left;
    try (Running killed = home("first").start(sandbox)) {
      left = Files.readAllBytes(shared.resolve(FolderNote.NAME));
      assertThat(killed.drops("FILED")).isZero();
    }
    for (Path watched : List.of(shared, second)) {
      Files.write(watched.resolve(FolderNote.NAME), left);
    }
    Files.move(folder.resolve("first/data"), folder.resolve("deleted"));
    CompletableFuture<Running> next = CompletableFuture.supplyAsync(this::startFirst);
    Running.patiently().until(() -> log.warningsWith("an earlier run (process").size() == 1);
    assertThat(next).isNotDone();
    for (Path watched : List.of(shared, second)) {
      // or it would be waited for as long as for the end of another home
      Files.delete(watched.resolve(FolderNote.NAME));
    }

    try (Running running = next.get(1, TimeUnit.MINUTES)) {
      MediaFiles.write(shared.resolve("a.jpg"), 2_000);
      running.awaitFiled(1);
    }
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("of this same home, whose data were deleted", "(and 1 more)", "32 s");
    assertThat(log.errors()).isEmpty();
  }

  private Running startFirst() {
    try {
      return home("first").start(sandbox);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void haveALedgerOfTheirOwnEach() throws Exception {
    String ledger = "jdbc:sqlite:" + folder.resolve("ledger.db");
    Path none = folder.resolve("none");
    new WrittenLanes(none);
    try (Running first =
        home("first").config(none).with("mediadrop.ledger.url", ledger).start(sandbox)) {
      assertThatThrownBy(
              () -> home("second").config(none).with("mediadrop.ledger.url", ledger).start(sandbox))
          .hasStackTraceContaining("another mediadrop uses the ledger " + ledger)
          .hasStackTraceContaining("mediadrop.ledger.url");
      assertThat(first.drops("FILED")).isZero();
    }
    home("third").config(none).with("mediadrop.ledger.url", ledger).start(sandbox).close();
  }

  private Running.Builder home(String name) {
    return Running.on(folder.resolve(name)).impatiently().config(config);
  }

  /** Beats faster than a run does, so that the test need not wait for so long. */
  private static ScheduledExecutorService beat(Path note) {
    ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger beat = new AtomicInteger(1_000);
    beats.scheduleWithFixedDelay(
        () -> {
          try {
            String text = Files.readString(note);
            Files.writeString(
                note, text.replaceFirst("\"beat\":\\d+", "\"beat\":" + beat.incrementAndGet()));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
    return beats;
  }
}
