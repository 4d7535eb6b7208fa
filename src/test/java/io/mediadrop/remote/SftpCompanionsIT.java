package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Companions of media files in a folder on a server. */
class SftpCompanionsIT {

  @TempDir Path folder;
  private SftpHost host;
  private SftpLane lane;
  private Path in;
  private Sandbox sandbox;
  private LogLines log;

  @BeforeEach
  void start() throws Exception {
    log = new LogLines();
    host = SftpHost.on(folder.resolve("server"));
    lane = SftpLane.over(host, folder.resolve("config"));
    in = host.root().resolve("in");
    sandbox = Sandbox.start();
    Files.createDirectories(in.resolve("trip"));
    Files.writeString(in.resolve("trip/IMG_1.AAE"), "edits");
    Files.writeString(in.resolve("trip/IMG_1.jpg.xmp"), "facts");
    MediaFiles.write(in.resolve("trip/IMG_1.jpg"), 20_000);
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
    host.close();
    log.close();
  }

  @Test
  void areArchivedHereAndMovedToDoneThere() throws Exception {
    try (Running running = lane.start(home(), sandbox)) {
      awaitOnServer("done/trip/IMG_1.AAE", "done/trip/IMG_1.jpg", "done/trip/IMG_1.jpg.xmp");

      requireInArchive(running, 1);
    }
  }

  @Test
  void areArchivedHereAndDeletedThere() throws Exception {
    try (Running running = lane.with("after", "delete").start(home(), sandbox)) {
      awaitOnServer();

      requireInArchive(running, 1);
    }
  }

  @Test
  void areArchivedHereAndKeptThereAlsoByTheNextRun() throws Exception {
    lane.with("after", "keep");
    try (Running running = lane.start(home(), sandbox)) {
      running.awaitFiled(1);
      Running.patiently().until(() -> companions(running) == 2);
    }
    try (Running running = lane.start(home(), sandbox)) {
      MediaFiles.write(in.resolve("next.jpg"), 30_000);
      running.awaitFiled(2);

      requireInArchive(running, 2);
      assertThat(Running.filesIn(in))
          .containsExactly("next.jpg", "trip/IMG_1.AAE", "trip/IMG_1.jpg", "trip/IMG_1.jpg.xmp");
    }
  }

  @Test
  void goToTheRefusedFilesHereAndThere() throws Exception {
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    try (Running running = lane.start(home(), sandbox)) {
      awaitOnServer(
          "failed/trip/IMG_1.AAE",
          "failed/trip/IMG_1.jpg",
          "failed/trip/IMG_1.jpg.reason.txt",
          "failed/trip/IMG_1.jpg.xmp");

      assertThat(Running.filesIn(running.failed().resolve("nas/trip")))
          .containsExactlyInAnyOrder(
              "IMG_1.AAE", "IMG_1.jpg", "IMG_1.jpg.reason.txt", "IMG_1.jpg.xmp");
    }
  }

  private void requireInArchive(Running running, int uploads) throws Exception {
    assertThat(Running.filesIn(running.archive()))
        .anyMatch(file -> file.endsWith("/trip/IMG_1.AAE"))
        .anyMatch(file -> file.endsWith("/trip/IMG_1.jpg.xmp"));
    assertThat(running.json("IMG_1.jpg.media.json").path("companions")).hasSize(2);
    assertThat(Running.filesIn(home().resolve("data/sftp"))).isEmpty();
    assertThat(sandbox.uploads()).hasSize(uploads);
    assertThat(log.warnings()).isEmpty();
  }

  private static int companions(Running running) throws Exception {
    return running.json("IMG_1.jpg.media.json").path("companions").size();
  }

  private void awaitOnServer(String... files) {
    Running.patiently().until(() -> Running.filesIn(in).equals(List.of(files)));
  }

  private Path home() {
    return folder.resolve("home");
  }
}
