package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Folders that are looked through once an hour, so that only what the system says is heard. */
class FolderWatchIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  @BeforeEach
  void start() throws Exception {
    mediadrop.impatiently().with("mediadrop.drop.poll", "1h").start();
    mediadrop.put("first.jpg", 1000, 1);
    awaitFiled(1);
  }

  @Test
  void tellOfAFileInANewFolder() throws Exception {
    Path below = Files.createDirectories(mediadrop.drop().resolve("2026/holidays"));
    MediaFiles.write(below.resolve("a.jpg"), 1000, 2);
    awaitFiled(2);

    MediaFiles.write(below.resolve("b.jpg"), 1000, 3);
    awaitFiled(3);
  }

  @Test
  void tellOfAFileThatIsMovedIn() throws Exception {
    Path elsewhere = MediaFiles.write(mediadrop.home().resolve("a.jpg"), 1000, 2);
    Files.move(elsewhere, mediadrop.drop().resolve("a.jpg"));

    awaitFiled(2);
  }

  @Test
  void tellOfAFileInAFolderThatIsMovedWithinTheLane() throws Exception {
    Path below = Files.createDirectories(mediadrop.drop().resolve("2026"));
    MediaFiles.write(below.resolve("a.jpg"), 1000, 2);
    awaitFiled(2);
    Path other = Files.createDirectories(mediadrop.drop().resolve("years")).resolve("2026");
    Files.move(below, other);
    mediadrop.put("b.jpg", 1000, 3);
    awaitFiled(3);

    MediaFiles.write(other.resolve("c.jpg"), 1000, 4);
    awaitFiled(4);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void areGivenBackWithAFolderThatIsMovedAway() throws Exception {
    long before = watches();
    Path below = Files.createDirectories(mediadrop.drop().resolve("2026/holidays"));
    Running.patiently().until(() -> watches() == before + 2);

    Files.move(below.getParent(), mediadrop.home().resolve("away"));

    Running.patiently().until(() -> watches() == before);
  }

  @Test
  void tellOfAFileThatGrows() throws Exception {
    Path whole = MediaFiles.write(mediadrop.home().resolve("a.jpg"), 500_000, 2);
    byte[] bytes = Files.readAllBytes(whole);
    Path file = Files.createFile(mediadrop.drop().resolve("a.jpg"));
    for (int from = 0; from < bytes.length; from += 50_000) {
      byte[] piece = java.util.Arrays.copyOfRange(bytes, from, from + 50_000);
      Files.write(file, piece, StandardOpenOption.APPEND);
      Running.patiently().pollDelay(java.time.Duration.ofMillis(150)).until(() -> true);
    }
    awaitFiled(2);

    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void areNotNeededForAFileThatIsTriedAgain() {
    sandbox.faults().on(When.route(Route.INIT).calls(2, 6), Faults.refuse(503, ""));
    mediadrop.put("a.jpg", 1000, 2);

    awaitFiled(2);
  }

  @Test
  void areNotNeededForFilesThatWaitForAWorker() {
    for (int n = 0; n < 150; n++) {
      mediadrop.put(n + ".jpg", 1000, 10 + n);
    }

    awaitFiled(151);
  }

  /** How many folders the system watches for this process. */
  private static long watches() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fdinfo"))) {
      return open.flatMap(FolderWatchIT::lines).filter(line -> line.startsWith("inotify ")).count();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      // closed meanwhile
      return Stream.empty();
    }
  }

  /** The outbox, too, is looked into once an hour, so nobody is told meanwhile. */
  private void awaitFiled(int files) {
    Running.patiently().until(() -> mediadrop.drops("FILED") == files);
  }
}
