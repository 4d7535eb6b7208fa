package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever lies in the folder, a good file beside it starts as if it were alone: within the settle
 * time and a second on a machine with nothing else to do.
 */
@TestInstance(Lifecycle.PER_CLASS)
class GoodFileBesideTroubleIT {

  /** What lies in the folder when the good file comes. */
  enum Trouble {
    NOTHING(drop -> {}),
    LINKS(
        drop -> {
          Files.createSymbolicLink(drop.resolve("loop"), drop);
          Files.createSymbolicLink(drop.resolve("dangling.jpg"), Path.of("nowhere"));
        }),
    SPECIAL_FILES(drop -> command("mkfifo", drop.resolve("fifo.jpg").toString())),
    FOLDER_NAMED_LIKE_A_FILE(drop -> Files.createDirectory(drop.resolve("a.jpg"))),
    EMPTY_FILES(
        drop -> {
          for (int n = 0; n < 20; n++) {
            Files.createFile(drop.resolve("empty" + n + ".jpg"));
          }
        }),
    UNFINISHED_VIDEO(drop -> video(drop.resolve("cut.mp4"), 100_000)),
    HUGE_UNFINISHED_VIDEO(drop -> video(drop.resolve("huge.mp4"), 20L << 30)),
    NO_MEDIA(drop -> Files.writeString(drop.resolve("letter.jpg"), "Dear reader")),
    DISAGREEING_NAME(
        drop ->
            Files.move(MediaFiles.write(drop.resolve("b.part.gif"), 5000), drop.resolve("b.jpg"))),
    HOSTILE_NAMES(
        drop -> {
          for (String name : MixedFiles.NAMES) {
            Files.createSymbolicLink(drop.resolve(name + ".jpg"), Path.of("nowhere"));
          }
        }),
    DEEP_FOLDERS(drop -> Files.createDirectories(drop.resolve("d/".repeat(100)))),
    A_THOUSAND_IGNORED_FILES(
        drop -> {
          for (int n = 0; n < 1000; n++) {
            Files.writeString(drop.resolve("download" + n + ".part"), "x");
          }
        }),
    WAITING_FILES(
        drop -> {
          for (int n = 0; n < 5; n++) {
            MediaFiles.write(drop.resolve("busy" + n + ".jpg"), 5000, n);
          }
        });

    private final Mess mess;

    Trouble(Mess mess) {
      this.mess = mess;
    }
  }

  private interface Mess {
    void make(Path drop) throws Exception;
  }

  private Duration alone;

  @BeforeAll
  void measureAlone(@TempDir Path home) throws Exception {
    startOfGoodFile(home, Trouble.NOTHING);
    alone = startOfGoodFile(home.resolve("again"), Trouble.NOTHING);
  }

  @ParameterizedTest
  @EnumSource
  void startsAsIfItWereAlone(Trouble trouble, @TempDir Path home) throws Exception {
    assertThat(startOfGoodFile(home, trouble))
        .isLessThan(alone.multipliedBy(3).plus(Duration.ofSeconds(3)));
  }

  private static Duration startOfGoodFile(Path home, Trouble trouble) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      if (trouble == Trouble.WAITING_FILES) {
        sandbox.faults().on(When.route(Route.INIT).calls(1, 5), Faults.unavailable(60));
      }
      try (Running running = Running.on(home).start(sandbox)) {
        Path drop = running.drop();
        trouble.mess.make(drop);
        Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        int before = sandbox.calls().size();
        MediaFiles.write(drop.resolve("good.jpg"), 5000, 99);
        long dropped = System.nanoTime();
        Running.patiently().until(() -> uploaded(sandbox));
        Call first = sandbox.calls().get(before);
        return Duration.ofNanos(first.startNanos() - dropped);
      }
    }
  }

  private static boolean uploaded(Sandbox sandbox) {
    return sandbox.uploads().stream().anyMatch(upload -> upload.name().equals("good.jpg"));
  }

  /** As long as it says, with a beginning and no index. */
  private static void video(Path file, long size) throws Exception {
    MediaFiles.write(file.resolveSibling("whole.part.mp4"), 5000);
    byte[] whole = Files.readAllBytes(file.resolveSibling("whole.part.mp4"));
    Files.delete(file.resolveSibling("whole.part.mp4"));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(whole, 0, 32);
      out.setLength(size);
    }
  }

  private static void command(String... words) throws Exception {
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }
}
