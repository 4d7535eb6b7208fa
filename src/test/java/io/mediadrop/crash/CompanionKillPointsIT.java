package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.remote.SftpHost;
import io.mediadrop.remote.SftpLane;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A companion on its way to its media file, and a process that dies meanwhile. */
class CompanionKillPointsIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before Ledger.write by UploadRecords.filed #1",
        "before Ledger.write by CompanionRecords.promise #1",
        "after Ledger.write by CompanionRecords.promise #1",
        "after SafeMove.replace by Receipts.replace #1",
        "after SafeMove.link by SafeMove.move #1"
      })
  void isBesideItsFileInTheEndOnce(String point) throws Exception {
    Path drop = Files.createDirectories(home().resolve("drop"));
    Files.writeString(drop.resolve("a.xmp"), "edits");
    MediaFiles.write(drop.resolve("a.jpg"), 5000);
    try (Sandbox sandbox = Sandbox.start()) {
      Child.on(home()).killedAt(point, sandbox);
      try (Running running =
          Running.on(home()).with("mediadrop.drop.settle", "100ms").start(sandbox)) {
        running.awaitFiled(1);
        Running.patiently().until(() -> Running.filesIn(drop).isEmpty());

        assertThat(names(running.archive()))
            .containsExactlyInAnyOrder("a.jpg", "a.xmp", "a.jpg.media.json", "a.jpg.assets.json");
        assertThat(running.json("a.jpg.media.json").path("companions")).hasSize(1);
        assertThat(sandbox.uploads()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after SafeMove.move by CompanionFiling.move #1",
        "after SftpSession.link by RemoteMoves.link #2"
      })
  void isBesideItsFileInTheEndOnceHereAndOnTheServer(String point) throws Exception {
    try (SftpHost host = SftpHost.on(folder.resolve("server"));
        Sandbox sandbox = Sandbox.start()) {
      Path config = SftpLane.over(host, folder.resolve("config")).written();
      SftpLane.writeSecrets(config);
      Path in = host.root().resolve("in");
      Files.writeString(in.resolve("a.xmp"), "edits");
      MediaFiles.write(in.resolve("a.jpg"), 5000);
      Child.on(home()).config(config).killedAt(point, sandbox);

      try (Child child = Child.on(home()).config(config).start(sandbox)) {
        Running.patiently()
            .failFast("the process has ended", () -> !child.isAlive())
            .until(() -> Running.filesIn(in).equals(List.of("done/a.jpg", "done/a.xmp")));
      }
      assertThat(names(home().resolve("archive")))
          .containsExactlyInAnyOrder("a.jpg", "a.xmp", "a.jpg.media.json", "a.jpg.assets.json");
      assertThat(sandbox.uploads()).hasSize(1);
    }
  }

  private Path home() {
    return folder.resolve("home");
  }

  private static List<String> names(Path folder) {
    return Running.filesIn(folder).stream()
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .toList();
  }
}
