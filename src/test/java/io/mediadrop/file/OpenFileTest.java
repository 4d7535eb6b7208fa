package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.source.MixedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that nothing is written to for longer than it takes to settle, but that are not closed. */
class OpenFileTest {

  private static final Duration LONGER_THAN_ANOTHER_LOOK = Duration.ofMillis(1500);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently().started();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path aside;
  private final List<Process> programs = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    programs.forEach(Process::destroyForcibly);
  }

  @Test
  void isUploadedWholeThoughTheRecorderPausesForLong() throws Exception {
    byte[] recording = Files.readAllBytes(MediaFiles.write(aside.resolve("r.jpg"), 10_000));
    Path first = Files.write(aside.resolve("first"), Arrays.copyOf(recording, 9_000));
    Path rest = Files.write(aside.resolve("rest"), Arrays.copyOfRange(recording, 9_000, 10_000));
    Path drop = mediadrop.drop().resolve("rec.jpg");

    Process recorder =
        program("(cat '%s'; read word; cat '%s') > '%s'".formatted(first, rest, drop));
    awaitWaiting("rec.jpg");
    go(recorder);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("size").containsExactly(10_000L);
    assertThat(sandbox.uploads().get(0).sha256())
        .isEqualTo(MixedFiles.sha256(aside.resolve("r.jpg")));
  }

  @Test
  void saysOnceWhoHasItOpenAndTakesItOnceItIsClosed() throws Exception {
    Path file = mediadrop.put("edited.jpg", 5_000);
    Process editor = program("exec 3<>'%s'; read word".formatted(file));
    awaitWaiting("edited.jpg");
    Running.patiently().until(() -> log.warningsWith("edited.jpg").size() == 1);
    pass(LONGER_THAN_ANOTHER_LOOK);

    assertThat(sandbox.calls()).isEmpty();
    assertThat(lines("edited.jpg"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("process " + editor.pid()));
    assertThat(log.warningsWith("edited.jpg")).hasSize(1);

    go(editor);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void waitsUnderTheNameThatItHasByThen() throws Exception {
    Path before = MediaFiles.write(mediadrop.drop().resolve("clip.jpg.part"), "jpg", 5_000, 1);
    Process writer = program("exec 3>>'%s'; read word".formatted(before));
    awaitOpened(before, writer);
    Files.move(before, mediadrop.drop().resolve("clip.jpg"));
    awaitWaiting("clip.jpg");

    go(writer);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting("name").containsExactly("clip.jpg");
  }

  @Test
  void waitsWhenItWasMovedIntoTheFolderWhileOpen() throws Exception {
    Path before = MediaFiles.write(aside.resolve("moved.jpg"), 5_000);
    Process writer = program("exec 3>>'%s'; read word".formatted(before));
    awaitOpened(before, writer);
    Files.move(before, mediadrop.drop().resolve("moved.jpg"), StandardCopyOption.ATOMIC_MOVE);
    awaitWaiting("moved.jpg");

    go(writer);
    mediadrop.awaitFiled(1);
  }

  @Test
  void waitsWhileItIsMappedIntoAProgramsMemory() throws Exception {
    Path file = aside.resolve("mapped.jpg");
    MediaFiles.write(file, 5_000);
    Object[] map = new Object[1];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      map[0] = channel.map(MapMode.READ_WRITE, 0, 5_000);
    }
    Path drop = Files.move(file, mediadrop.drop().resolve("mapped.jpg"));

    awaitWaiting("mapped.jpg");
    assertThat(map[0]).isNotNull();
    assertThat(drop).exists();
  }

  @Test
  void isTakenAtOnceWhenItIsOpenForReadingOnly() throws Exception {
    Path file = mediadrop.put("shown.jpg", 5_000);
    program("exec 3<'%s'; read word".formatted(file));

    mediadrop.awaitFiled(1);
    assertThat(lines("shown.jpg")).noneMatch(line -> line.contains("waits"));
  }

  @Test
  void holdsUpNoOtherFile() throws Exception {
    Path file = mediadrop.put("open.jpg", 5_000, 1);
    program("exec 3<>'%s'; read word".formatted(file));
    mediadrop.put("closed.jpg", 5_000, 2);

    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting("name").containsExactly("closed.jpg");
  }

  private void awaitWaiting(String name) {
    Running.patiently()
        .until(() -> lines(name).stream().anyMatch(line -> line.contains("waits until")));
    assertThat(sandbox.calls()).isEmpty();
  }

  private List<String> lines(String name) {
    return log.all().stream().filter(line -> line.contains(name + " ")).toList();
  }

  private Process program(String script) throws IOException {
    Process program = new ProcessBuilder("sh", "-c", script).start();
    programs.add(program);
    return program;
  }

  private static void go(Process program) throws IOException {
    program.getOutputStream().write('\n');
    program.getOutputStream().close();
  }

  private static void awaitOpened(Path file, Process by) {
    Awaitility.await()
        .until(
            () ->
                OpenFiles.now()
                    .holderOf(file, FileStamp.of(file))
                    .filter(who -> who.contains("" + by.pid()))
                    .isPresent());
  }

  private static void pass(Duration time) {
    Awaitility.await().pollDelay(time).until(() -> true);
  }
}
