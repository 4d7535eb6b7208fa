package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.FuseDisk;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files come to, from and stay on disks and shares whose file systems are not Linux's own. */
@Tag("troubles")
class FuseDisksIT {

  @TempDir Path folder;
  private FuseDisk disk;
  private Path there;
  private Path here;

  private void mount(FuseDisk.Kind kind) throws Exception {
    there = folder.resolve("there");
    here = Files.createDirectories(folder.resolve("here"));
    disk = FuseDisk.mount(kind, folder.resolve("work"), there);
  }

  @AfterEach
  void unmount() throws Exception {
    disk.unmount();
  }

  private static void assertMoves(Path from, Path to) throws Exception {
    Path source = Files.createDirectories(from.resolve("drop")).resolve("photo.jpg");
    byte[] content = Files.readAllBytes(MediaFiles.write(source, 100_000));
    Path target = to.resolve("archive/2026/photo.jpg");

    SafeMove.move(source, target);

    assertThat(source).doesNotExist();
    assertThat(target).hasBinaryContent(content);
    assertThat(Running.filesIn(to.resolve("archive"))).containsExactly("2026/photo.jpg");
  }

  @ParameterizedTest
  @EnumSource
  void moveOnTheDiskItself(FuseDisk.Kind kind) throws Exception {
    mount(kind);
    assertMoves(there, there);
  }

  @ParameterizedTest
  @EnumSource
  void comeToTheDisk(FuseDisk.Kind kind) throws Exception {
    mount(kind);
    assertMoves(here, there);
  }

  @ParameterizedTest
  @EnumSource
  void comeFromTheDisk(FuseDisk.Kind kind) throws Exception {
    mount(kind);
    assertMoves(there, here);
  }

  /** A share that cannot say how much room is left on it is no place for a home. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SSHFS_OVER_RCLONE"})
  void areUploadedOnceAndArchivedInAHomeOnTheDisk(FuseDisk.Kind kind) throws Exception {
    mount(kind);
    disk.bind(here.resolve("data"), there.resolve("data"));
    byte[] content =
        Files.readAllBytes(
            MediaFiles.write(
                Files.createDirectories(there.resolve("drop")).resolve("photo.jpg"), 100_000));
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running =
            Running.on(there).impatiently().with("mediadrop.duplicates", "upload").start(sandbox)) {
      running.awaitFiled(1);
      MediaFiles.write(there.resolve("drop/second.jpg"), 50_000, 2);
      running.awaitFiled(2);

      assertThat(Running.filesIn(there.resolve("drop"))).isEmpty();
      assertThat(Running.filesIn(running.archive())).hasSize(6);
      assertThat(
              running
                  .archive()
                  .resolve(running.json("photo.jpg.media.json").path("archived").asText()))
          .hasBinaryContent(content);
      assertThat(sandbox.uploads()).hasSize(2);
      assertThat(log.warningsWith("cannot be put away")).isEmpty();
    }
  }
}
