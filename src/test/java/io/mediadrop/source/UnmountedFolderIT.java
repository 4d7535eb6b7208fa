package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder is a disk of its own, which is unmounted while mediadrop runs. */
class UnmountedFolderIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path elsewhere;
  private MemoryDisk disk;

  @BeforeEach
  void start() throws Exception {
    disk = MemoryDisk.over(mediadrop.drop(), "drop", "4m");
    mediadrop.impatiently().start();
  }

  @AfterEach
  void stop() throws Exception {
    mediadrop.stop();
    disk.unmount();
  }

  @Test
  void isNotMistakenForTheEmptyFolderBelowIt() throws Exception {
    disk.moveTo(elsewhere);
    Running.patiently().until(() -> !log.errors().isEmpty());
    mediadrop.put("below.jpg", 5000, 1);
    MediaFiles.write(elsewhere.resolve("a.jpg"), 5000, 2);
    aFewLooks();

    assertThat(sandbox.calls()).isEmpty();
    assertThat(log.errors()).singleElement().asString().contains("another disk than at the start");

    disk.moveBackFrom(elsewhere);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting("name").containsExactly("a.jpg");
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void forgetsNoFileThatWaits() throws Exception {
    sandbox.faults().next(Route.INIT, Faults.unavailable(60));
    mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    disk.moveTo(elsewhere);
    aFewLooks();

    assertThat(mediadrop.drops("MISSING")).isZero();

    disk.moveBackFrom(elsewhere);
    mediadrop.awaitFiled(1);
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
      mediadrop.put("a.jpg", 5000);
      mediadrop.awaitFiled(1);
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
