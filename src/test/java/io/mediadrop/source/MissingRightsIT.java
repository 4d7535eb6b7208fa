package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files and folders that mediadrop lacks the rights for, in a process that even root's are taken
 * from.
 */
class MissingRightsIT {

  private static final List<String> WITHOUT_ROOTS_RIGHTS =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");

  @TempDir Path home;
  private Path log;
  private Sandbox sandbox;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    log = home.resolve("log.txt");
    sandbox = Sandbox.start();
    List<String> command = new ArrayList<>(needsSetpriv() ? WITHOUT_ROOTS_RIGHTS : List.of());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.mediadrop.cli.Mediadrop",
            "run",
            "--home",
            home.toString(),
            "--set",
            "mediadrop.drop.settle=300ms",
            "--set",
            "mediadrop.drop.poll=50ms"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MEDIADROP_API_KEY", Sandbox.KEY);
    builder.environment().put("MEDIADROP_API_CONNECTION_ID", Sandbox.CONNECTION);
    builder.environment().put("MEDIADROP_API_BASE_URL", sandbox.baseUrl());
    Files.createDirectories(home.resolve("drop"));
    process = builder.redirectOutput(log.toFile()).start();
  }

  private static boolean needsSetpriv() throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return false;
    }
    List<String> trial = new ArrayList<>(WITHOUT_ROOTS_RIGHTS);
    trial.add("true");
    try {
      Assumptions.assumeTrue(new ProcessBuilder(trial).start().waitFor() == 0, "no setpriv");
    } catch (IOException e) {
      Assumptions.abort("there is no setpriv to take root's rights away");
    }
    return true;
  }

  @AfterEach
  void stop() throws Exception {
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
    sandbox.close();
    try (var files = Files.walk(home)) {
      for (Path path : files.toList()) {
        if (!Files.isSymbolicLink(path)) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
      }
    }
  }

  @Test
  void areNamedOnceAndHoldNothingUp() throws Exception {
    Path drop = home.resolve("drop");
    Path secret = MediaFiles.write(drop.resolve("secret.jpg"), 1000, 1);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("-wx------"));
    folder(drop.resolve("unlisted"), "-wx------");
    folder(drop.resolve("unmovable"), "r-x------");
    MediaFiles.write(drop.resolve("good.jpg"), 1000, 2);

    Running.patiently().until(() -> logged("good.jpg is uploaded") == 1);
    Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

    assertThat(logged("WARN")).isEqualTo(3);
    assertThat(logged("secret.jpg is left where it is")).isEqualTo(1);
    assertThat(logged("unlisted is left where it is")).isEqualTo(1);
    assertThat(logged("unmovable is left where it is")).isEqualTo(1);
    assertThat(sandbox.calls()).hasSize(2);
  }

  @Test
  void areTakenUpOnceTheyAreGranted() throws Exception {
    Path secret = MediaFiles.write(home.resolve("drop/secret.jpg"), 1000, 1);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Running.patiently().until(() -> logged("secret.jpg is left where it is") == 1);

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
    Running.patiently().until(() -> logged("secret.jpg is uploaded") == 1);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void keepWhatWasUploadedWhereTheArchiveMayNotBeWritten() throws Exception {
    Path archive = home.resolve("archive");
    Running.patiently().until(() -> logged("Uploads go to") == 1);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("r-x------"));
    MediaFiles.write(home.resolve("drop/first.jpg"), 1000, 1);
    Running.patiently().until(() -> logged("No more files are taken") == 1);
    MediaFiles.write(home.resolve("drop/second.jpg"), 1000, 2);
    Awaitility.await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
    assertThat(sandbox.uploads()).hasSize(1);

    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwx------"));
    Running.patiently().until(() -> logged(".jpg is uploaded") == 2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(logged("ERROR")).isOne();
  }

  @Test
  void keepAnUploadedFileInAFolderThatItMayNotBeTakenFrom() throws Exception {
    Path folder = home.resolve("drop/folder");
    sandbox
        .faults()
        .next(
            Route.WHOLE,
            new Fault() {
              @Override
              public Answer answering(Answer answer, Exchange call) throws IOException {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
                return answer;
              }
            });
    Files.createDirectory(folder);
    MediaFiles.write(folder.resolve("a.jpg"), 1000, 1);
    Running.patiently().until(() -> logged("a.jpg cannot be put away") == 1);
    MediaFiles.write(home.resolve("drop/good.jpg"), 1000, 2);
    Running.patiently().until(() -> logged("good.jpg is uploaded") == 1);
    Awaitility.await().pollDelay(Duration.ofSeconds(9)).until(() -> true);
    assertThat(logged("ERROR")).isOne();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Running.patiently().until(() -> logged("a.jpg is uploaded") == 1);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(folder.resolve("a.jpg")).doesNotExist();
  }

  private static void folder(Path folder, String rights) throws IOException {
    Files.createDirectory(folder);
    MediaFiles.write(folder.resolve("inside.jpg"), 1000, 3);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
  }

  private long logged(String text) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }
}
