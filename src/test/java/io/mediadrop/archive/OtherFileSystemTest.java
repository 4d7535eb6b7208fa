package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder and the home lie on different file systems. */
class OtherFileSystemTest {

  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path home;
  @TempDir Path config;

  @Test
  void isNoReasonToUploadTwiceOrToLoseAFile() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(home)),
        "there is no other file system");
    Path watched = Files.createTempDirectory(MEMORY, "mediadrop");
    Path lanes = Files.createDirectory(config.resolve("lanes"));
    Files.writeString(
        lanes.resolve("lane.camel.yaml"),
        """
        - templatedRoute:
            routeId: memory
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: "%s"
              - name: connectionId
                value: conn_demo
        """
            .formatted(watched));
    Path photo = MediaFiles.write(watched.resolve("photo.jpg"), 1_000_000);
    byte[] content = Files.readAllBytes(photo);
    FileTime modified = FileTime.from(1_700_000_000_123_456_789L, TimeUnit.NANOSECONDS);
    Files.setLastModifiedTime(photo, modified);
    try (LogLines log = new LogLines();
        Sandbox sandbox = Sandbox.start();
        Running running = Running.on(home).config(config).start(sandbox)) {
      running.awaitFiled(1);

      List<String> archived = Running.filesIn(running.archive());
      assertThat(archived).hasSize(3);
      assertThat(running.archive().resolve(archived.get(0)))
          .hasBinaryContent(content)
          .satisfies(file -> assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified));
      assertThat(Running.filesIn(watched)).isEmpty();
      assertThat(sandbox.uploads()).hasSize(1);
      assertThat(log.warnings()).isEmpty();
    } finally {
      Files.delete(watched);
    }
  }
}
