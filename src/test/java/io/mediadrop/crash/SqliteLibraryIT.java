package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's native code on servers that let no program run from some of their disks. */
class SqliteLibraryIT {

  @TempDir Path folder;
  private Path home;
  private Path barred;
  private MemoryDisk disk;
  private Sandbox sandbox;

  @BeforeEach
  void barOneDisk() throws Exception {
    home = folder.resolve("home");
    barred = folder.resolve("barred");
    disk = MemoryDisk.over(barred, "barred", "32m");
    disk.forbidPrograms();
    sandbox = Sandbox.start();
  }

  @AfterEach
  void unmount() throws Exception {
    sandbox.close();
    disk.unmount();
  }

  @Test
  void runsFromTheHomeAndLeavesNothingBehindThere() throws Exception {
    Child.Builder builder = Child.on(home).property("java.io.tmpdir", barred.toString());
    try (Child child = builder.start(sandbox)) {
      upload(child, 1);
    }
    List<String> left = libraries();
    assertThat(left).hasSize(2);
    try (Child child = builder.start(sandbox)) {
      upload(child, 2);
      assertThat(libraries()).hasSize(2).doesNotContainAnyElementsOf(left);
    }
  }

  @Test
  void runsFromTheFolderForTemporaryFilesWhereTheHomeIsBarred() throws Exception {
    home = barred;
    try (Child child =
        Child.on(home).property("java.io.tmpdir", folder.toString()).start(sandbox)) {
      upload(child, 1);
    }
  }

  @Test
  void saysWhatToDoWhereItCannotRun() throws Exception {
    try (Child child =
        Child.on(home).property("org.sqlite.tmpdir", barred.toString()).start(sandbox)) {
      assertThat(child.awaitEnd(60)).as(child.output()).isEqualTo(2);
      assertThat(child.output()).contains(barred.toString(), "noexec", "-Dorg.sqlite.tmpdir=");
    }
  }

  private void upload(Child child, int number) throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop"));
    MediaFiles.write(drop.resolve(number + ".jpg"), 5000, number);
    child.awaitFiled(number, Duration.ofMinutes(1));
  }

  private List<String> libraries() throws IOException {
    return Running.filesIn(home.resolve("data")).stream()
        .filter(name -> name.startsWith("sqlite-"))
        .toList();
  }
}
