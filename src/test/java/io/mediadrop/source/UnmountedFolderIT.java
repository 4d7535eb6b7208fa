package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder is a disk of its own, which is unmounted while mediadrop runs. */
class UnmountedFolderIT {

  @TempDir Path home;
  @TempDir Path elsewhere;
  private LogLines log;
  private Sandbox sandbox;
  private MemoryDisk disk;
  private Running running;

  @BeforeEach
  void start() throws Exception {
    disk = MemoryDisk.over(home.resolve("drop"), "drop", "4m");
    log = new LogLines();
    sandbox = Sandbox.start();
    running = Running.on(home).impatiently().start(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    if (running != null) {
      running.close();
      sandbox.close();
      log.close();
      disk.unmount();
    }
  }

  @Test
  void isNotMistakenForTheEmptyFolderBelowIt() throws Exception {
    disk.moveTo(elsewhere);
    Running.patiently().until(() -> !log.errors().isEmpty());
    MediaFiles.write(running.drop().resolve("below.jpg"), 5000, 1);
    MediaFiles.write(elsewhere.resolve("a.jpg"), 5000, 2);
    aFewLooks();

    assertThat(sandbox.calls()).isEmpty();
    assertThat(log.errors()).singleElement().asString().contains("another disk than at the start");

    disk.moveBackFrom(elsewhere);
    running.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting("name").containsExactly("a.jpg");
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void forgetsNoFileThatWaits() throws Exception {
    sandbox.faults().next(Route.INIT, Faults.unavailable(60));
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
    Running.patiently().until(() -> running.drops("WAITING") == 1);
    disk.moveTo(elsewhere);
    aFewLooks();

    assertThat(running.drops("MISSING")).isZero();

    disk.moveBackFrom(elsewhere);
    running.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void mayComeBackAsANewMount() throws Exception {
    disk.unmount();
    Running.patiently().until(() -> !log.errors().isEmpty());
    // which takes the number that the disk had
    MemoryDisk other = MemoryDisk.over(elsewhere.resolve("other"), "other", "1m");
    try {
      disk.mount();
      MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
      running.awaitFiled(1);
    } finally {
      other.unmount();
    }
    assertThat(log.errors()).hasSize(1);
  }

  /** The upkeep has looked since. */
  private static void aFewLooks() {
    Awaitility.await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
  }
}
