package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.remote.SftpHost;
import io.mediadrop.remote.SftpLane;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file and its sidecar on their way to where they go, and a process that dies meanwhile. */
class SidecarKillPointsIT {

  private static final String RIGHT = "{\"reference\":\"order-17\"}";
  private static final String WRONG = "{\"reference\":17}";

  @TempDir Path folder;

  @Test
  void leavesBothTogetherInTheArchive() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      killAt("after SafeMove.link by SafeMove.move #2", RIGHT, sandbox);
      try (Running running = Running.on(home()).start(sandbox)) {
        running.awaitFiled(1);

        assertThat(names(running.archive()))
            .containsExactlyInAnyOrder(
                "a.jpg", "a.jpg.meta.json", "a.jpg.media.json", "a.jpg.assets.json");
        assertThat(running.json("a.jpg.meta.json").path("reference").asText())
            .isEqualTo("order-17");
        assertThat(running.json("a.jpg.media.json").path("reference").asText())
            .isEqualTo("order-17");
        assertThat(names(running.drop())).isEmpty();
        assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("a.jpg");
      }
    }
  }

  @Test
  void leavesBothTogetherAmongTheRefused() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      killAt("after SafeMove.link by SafeMove.move #1", WRONG, sandbox);
      try (Running running = Running.on(home()).start(sandbox)) {
        running.awaitFailed(1);

        assertThat(names(running.failed()))
            .containsExactlyInAnyOrder("a.jpg", "a.jpg.meta.json", "a.jpg.reason.txt");
        assertThat(names(running.drop())).isEmpty();
        assertThat(sandbox.uploads()).isEmpty();
      }
    }
  }

  @Test
  void leavesTheNextFilesSidecarToTheNextFile() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      killAt("before Ledger.write by UploadRecords.filed #1", RIGHT, sandbox);
      Files.writeString(home().resolve("drop/a.jpg.meta.json"), "{\"reference\":\"order-18\"}");
      MediaFiles.write(home().resolve("drop/a.jpg"), 5000, 2);
      try (Running running = Running.on(home()).start(sandbox)) {
        running.awaitFiled(2);

        assertThat(running.json("a.jpg.meta.json").path("reference").asText())
            .isEqualTo("order-17");
        assertThat(running.json("a~2.jpg.meta.json").path("reference").asText())
            .isEqualTo("order-18");
        assertThat(running.json("a~2.jpg.media.json").path("reference").asText())
            .isEqualTo("order-18");
      }
    }
  }

  @Test
  void leavesBothTogetherOnTheServer() throws Exception {
    try (SftpHost host = SftpHost.on(folder.resolve("server"));
        Sandbox sandbox = Sandbox.start()) {
      Path config = SftpLane.over(host, folder.resolve("config")).written();
      SftpLane.writeSecrets(config);
      Path in = host.root().resolve("in");
      Files.writeString(in.resolve("a.jpg.meta.json"), RIGHT);
      MediaFiles.write(in.resolve("a.jpg"), 5000);
      Child.on(home())
          .config(config)
          .killedAt("after RemoteMoves.make by RemoteSidecars.move #1", sandbox);
      assertThat(Running.filesIn(in)).containsExactly("a.jpg", "done/a.jpg.meta.json");

      try (Child child = Child.on(home()).config(config).start(sandbox)) {
        Running.patiently()
            .failFast("the process has ended", () -> !child.isAlive())
            .until(() -> Running.filesIn(in).equals(List.of("done/a.jpg", "done/a.jpg.meta.json")));
      }
      assertThat(sandbox.uploads()).hasSize(1);
    }
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void killAt(String point, String sidecar, Sandbox sandbox) throws Exception {
    Path drop = Files.createDirectories(home().resolve("drop"));
    Files.writeString(drop.resolve("a.jpg.meta.json"), sidecar);
    MediaFiles.write(drop.resolve("a.jpg"), 5000);
    Child.on(home()).killedAt(point, sandbox);
  }

  private static List<String> names(Path folder) {
    return Running.filesIn(folder).stream()
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .toList();
  }
}
