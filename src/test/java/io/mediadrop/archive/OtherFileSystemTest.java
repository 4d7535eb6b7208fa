package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    watch(watched);
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
      Files.deleteIfExists(watched.resolve(WatchNotes.NAME));
      Files.delete(watched);
    }
  }

  @Test
  void isNoReasonToLoseWhatAProgramStillWritesToAFileThatIsUploaded() throws Exception {
    Path watched = Files.createTempDirectory(MEMORY, "mediadrop");
    assertThat(Files.getFileStore(watched)).isNotEqualTo(Files.getFileStore(home));
    watch(watched);
    byte[] whole = Files.readAllBytes(MediaFiles.write(home.resolve("whole.mp3"), 10_000));
    Path file = Files.write(watched.resolve("rec.mp3"), Arrays.copyOf(whole, 9_000));
    AtomicReference<FileChannel> writer = new AtomicReference<>();
    Fault reopened =
        new Fault() {
          @Override
          public Answer answering(Answer answer, Exchange call) {
            try {
              writer.set(FileChannel.open(file, StandardOpenOption.APPEND));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return answer;
          }
        };
    FaultScript script = new FaultScript().on(When.route(Route.WHOLE).call(1), reopened);
    try (LogLines log = new LogLines();
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(script));
        Running running = Running.on(home).config(config).start(sandbox)) {
      Running.patiently()
          .until(() -> log.errors().stream().anyMatch(l -> l.contains("open for writing")));
      assertThat(file).exists();
      writer.get().write(ByteBuffer.wrap(whole, 9_000, 1_000));
      writer.get().close();
      running.awaitFiled(2);

      assertThat(sandbox.uploads()).extracting("size").containsExactly(9_000L, 10_000L);
      List<String> originals =
          Running.filesIn(running.archive()).stream().filter(f -> f.endsWith(".mp3")).toList();
      assertThat(originals).hasSize(1);
      assertThat(running.archive().resolve(originals.get(0))).hasBinaryContent(whole);
    } finally {
      Files.deleteIfExists(watched.resolve(WatchNotes.NAME));
      Files.delete(watched);
    }
  }

  private void watch(Path watched) throws IOException {
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
  }
}
