package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the only lane is not there yet when mediadrop starts, as a share that is slow. */
class AwaitedFolderTest {

  /** A folder in which even root can create nothing. */
  private static final Path UNWORKABLE = Path.of("/proc/self");

  @TempDir Path folder;
  private LogLines log;
  private Sandbox sandbox;
  private Path share;
  private Path disk;
  private WrittenLanes lanes;

  @BeforeEach
  void prepare() throws IOException {
    log = new LogLines();
    sandbox = Sandbox.start(SandboxOptions.defaults().withConnection(Sandbox.KEY, "conn_nas"));
    share = folder.resolve("share");
    disk = Files.createDirectory(folder.resolve("disk"));
    lanes = new WrittenLanes(folder.resolve("config"));
    lanes.add("nas", share);
  }

  @AfterEach
  void tidyUp() throws IOException {
    log.close();
    sandbox.close();
  }

  private Running mediadrop() throws Exception {
    return Running.on(folder.resolve("home")).config(folder.resolve("config")).start(sandbox);
  }

  /** Has the share lead elsewhere, at once. */
  private void mount(Path place) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("next"), place);
    Files.move(link, share, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitsAndTakes(String complaint) throws Exception {
    try (Running running = mediadrop()) {
      Running.patiently().until(() -> !log.errors().isEmpty());
      assertThat(log.errors())
          .singleElement()
          .asString()
          .contains("nas.camel.yaml:1: lane nas: the folder " + share, complaint, "mount its disk");
      if (!Files.exists(share, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(share);
      } else {
        mount(disk);
      }
      MediaFiles.write(share.resolve("a.jpg"), 5_000, 1);
      running.awaitFiled(1);
    }
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void isWaitedForWhereItIsMissing() throws Exception {
    awaitsAndTakes("does not exist");
  }

  @Test
  void isWaitedForBehindALinkThatLeadsNowhere() throws Exception {
    mount(folder.resolve("away"));

    awaitsAndTakes("does not exist");
  }

  @Test
  void isWaitedForWhereNobodyMayWriteInItsPlace() throws Exception {
    mount(UNWORKABLE);

    awaitsAndTakes("cannot be worked in");
  }

  @Test
  void isWaitedForBesideALaneThatIsWrittenWrongly() throws Exception {
    lanes.add("wrong", disk, "sidecar", "perhaps");
    try (Running running = mediadrop()) {
      assertThat(running.bean("lanes", Lanes.class).awaited()).containsExactly("nas");
      Files.createDirectory(share);
      MediaFiles.write(share.resolve("a.jpg"), 5_000, 1);
      running.awaitFiled(1);
    }
  }

  @Test
  void isNotWaitedForInVainWhereTheLaneItselfIsWrong() throws Exception {
    lanes.add("nas", share, "concurrency", "none");

    assertThatThrownBy(this::mediadrop)
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("lane nas: the lane's concurrency");
  }

  @Test
  void losesNoFileThatWasUnderWay() throws Exception {
    mount(disk);
    sandbox.faults().on(When.route(Route.INIT).call(1), Faults.unavailable(8));
    MediaFiles.write(share.resolve("a.jpg"), 5_000, 1);
    try (Running running = mediadrop()) {
      Running.patiently().until(() -> running.drops("WAITING") == 1);
    }
    mount(UNWORKABLE);
    int before = log.warnings().size();

    try (Running running = mediadrop()) {
      Running.patiently().until(() -> running.bean("lanes", Lanes.class).awaited().contains("nas"));
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(6))
          .until(() -> running.drops("WAITING") == 1);
      mount(disk);
      running.awaitFiled(1);
    }
    assertThat(log.warnings().subList(before, log.warnings().size()))
        .noneMatch(line -> line.contains("vanished"));
    assertThat(sandbox.uploads()).hasSize(1);
  }
}
