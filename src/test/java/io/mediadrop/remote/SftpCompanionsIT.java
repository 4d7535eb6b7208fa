package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Companions of media files in a folder on a server. */
class SftpCompanionsIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private SftpHost host;
  private SftpLane lane;
  private Path in;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    in = host.root().resolve("in");
    Files.createDirectories(in.resolve("trip"));
    Files.writeString(in.resolve("trip/IMG_1.AAE"), "edits");
    Files.writeString(in.resolve("trip/IMG_1.jpg.xmp"), "facts");
    MediaFiles.write(in.resolve("trip/IMG_1.jpg"), 20_000);
  }

  @Test
  void areArchivedHereAndMovedToDoneThere() throws Exception {
    lane.start(mediadrop);
    awaitOnServer("done/trip/IMG_1.AAE", "done/trip/IMG_1.jpg", "done/trip/IMG_1.jpg.xmp");

    requireInArchive(1);
  }

  @Test
  void areArchivedHereAndDeletedThere() throws Exception {
    lane.with("after", "delete").start(mediadrop);
    awaitOnServer();

    requireInArchive(1);
  }

  @Test
  void areArchivedHereAndKeptThereAlsoByTheNextRun() throws Exception {
    lane.with("after", "keep");
    lane.start(mediadrop);
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> companions() == 2);

    mediadrop.stop();
    lane.start(mediadrop);
    MediaFiles.write(in.resolve("next.jpg"), 30_000);
    mediadrop.awaitFiled(2);

    requireInArchive(2);
    assertThat(Running.filesIn(in))
        .containsExactly("next.jpg", "trip/IMG_1.AAE", "trip/IMG_1.jpg", "trip/IMG_1.jpg.xmp");
  }

  @Test
  void goToTheRefusedFilesHereAndThere() throws Exception {
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    lane.start(mediadrop);
    awaitOnServer(
        "failed/trip/IMG_1.AAE",
        "failed/trip/IMG_1.jpg",
        "failed/trip/IMG_1.jpg.reason.txt",
        "failed/trip/IMG_1.jpg.xmp");

    assertThat(Running.filesIn(mediadrop.failed().resolve("nas/trip")))
        .containsExactlyInAnyOrder(
            "IMG_1.AAE", "IMG_1.jpg", "IMG_1.jpg.reason.txt", "IMG_1.jpg.xmp");
  }

  private void requireInArchive(int uploads) throws Exception {
    assertThat(Running.filesIn(mediadrop.archive()))
        .anyMatch(file -> file.endsWith("/trip/IMG_1.AAE"))
        .anyMatch(file -> file.endsWith("/trip/IMG_1.jpg.xmp"));
    assertThat(mediadrop.json("IMG_1.jpg.media.json").path("companions")).hasSize(2);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
    assertThat(sandbox.uploads()).hasSize(uploads);
    assertThat(log.warnings()).isEmpty();
  }

  private int companions() throws Exception {
    return mediadrop.json("IMG_1.jpg.media.json").path("companions").size();
  }

  private void awaitOnServer(String... files) {
    Running.patiently().until(() -> Running.filesIn(in).equals(List.of(files)));
  }
}
