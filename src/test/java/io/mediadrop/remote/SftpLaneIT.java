package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a server, watched by a lane. */
class SftpLaneIT {

  @TempDir Path folder;
  private SftpHost host;
  private SftpLane lane;
  private Path in;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    host = SftpHost.on(folder.resolve("server"));
    lane = SftpLane.over(host, folder.resolve("config"));
    in = host.root().resolve("in");
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
    host.close();
  }

  private Path home() {
    return folder.resolve("home");
  }

  @Test
  void uploadsAFileAndMovesItToDone() throws Exception {
    Path photo = MediaFiles.write(in.resolve("a b?*${x}.jpg"), 20_000);
    Files.createDirectories(in.resolve("2026/ü"));
    MediaFiles.write(in.resolve("2026/ü/clip.mp4"), 200_000);
    byte[] content = Files.readAllBytes(photo);
    try (Running running = lane.start(home(), sandbox)) {
      running.awaitFiled(2);
      Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 2);

      assertThat(Running.filesIn(in)).containsExactly("done/2026/ü/clip.mp4", "done/a b?*${x}.jpg");
      assertThat(in.resolve("done/a b?*${x}.jpg")).hasBinaryContent(content);
      assertThat(sandbox.uploads()).hasSize(2);
      assertThat(Running.filesIn(running.archive()))
          .allMatch(file -> file.startsWith("nas/"))
          .anyMatch(file -> file.endsWith("/2026/ü/clip.mp4"));
      assertThat(Running.filesIn(home().resolve("data/sftp"))).isEmpty();
    }
  }
}
