package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The folder of the only lane is not there yet when mediadrop starts, as a share that is slow. */
class AwaitedFolderTest {

  /** A folder in which even root can create nothing. */
  private static final Path UNWORKABLE = Path.of("/proc/self");

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(SandboxOptions.defaults().withConnection(Sandbox.KEY, "conn_nas"));
  private final LogLines log = mediadrop.log();

  private Path share;
  private Path disk;
  private WrittenLanes lanes;

  @BeforeEach
  void prepare() throws IOException {
    share = mediadrop.home().resolveSibling("share");
    disk = mediadrop.folder("disk");
    lanes = mediadrop.lanes();
    lanes.add("nas", share);
  }

  /** Has the share lead elsewhere, at once. */
  private void mount(Path place) throws IOException {
    Path link = Files.createSymbolicLink(mediadrop.home().resolveSibling("next"), place);
    Files.move(link, share, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitsAndTakes(String complaint) throws Exception {
    mediadrop.start();
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
    mediadrop.awaitFiled(1);

    mediadrop.stop();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void isWaitedForWhereItIsMissing() throws Exception {
    awaitsAndTakes("does not exist");
  }

  @Test
  void isWaitedForBehindALinkThatLeadsNowhere() throws Exception {
    mount(mediadrop.home().resolveSibling("away"));

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
    mediadrop.start();
    assertThat(mediadrop.bean("lanes", Lanes.class).awaited()).containsExactly("nas");
    Files.createDirectory(share);
    MediaFiles.write(share.resolve("a.jpg"), 5_000, 1);
    mediadrop.awaitFiled(1);
  }

  @Test
  void isNotWaitedForInVainWhereTheLaneItselfIsWrong() throws Exception {
    lanes.add("nas", share, "concurrency", "none");

    assertThatThrownBy(mediadrop::start)
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("lane nas: the lane's concurrency");
  }

  @Test
  void losesNoFileThatWasUnderWay() throws Exception {
    mount(disk);
    sandbox.faults().on(When.route(Route.INIT).call(1), Faults.unavailable(8));
    MediaFiles.write(share.resolve("a.jpg"), 5_000, 1);
    mediadrop.start();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);

    mediadrop.stop();
    mount(UNWORKABLE);
    int before = log.warnings().size();

    mediadrop.start();
    Running.patiently().until(() -> mediadrop.bean("lanes", Lanes.class).awaited().contains("nas"));
    Awaitility.await()
        .pollDelay(Duration.ofSeconds(6))
        .until(() -> mediadrop.drops("WAITING") == 1);
    mount(disk);
    mediadrop.awaitFiled(1);

    mediadrop.stop();
    assertThat(log.warnings().subList(before, log.warnings().size()))
        .noneMatch(line -> line.contains("vanished"));
    assertThat(sandbox.uploads()).hasSize(1);
  }
}
