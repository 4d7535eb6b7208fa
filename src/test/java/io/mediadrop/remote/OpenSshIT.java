package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Hashing;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that most people have. */
class OpenSshIT {

  private static final int FILES = Integer.getInteger("sftp.files", 500);
  private static final long LARGE = 2L << 30;

  @TempDir Path folder;
  private OpenSsh server;
  private SftpLane lane;
  private Path in;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(OpenSsh.isInstalled(), "there is no sshd: install openssh-server");
    server = OpenSsh.on(folder.resolve("server"));
    in = Files.createDirectories(folder.resolve("in"));
    lane =
        SftpLane.empty(folder.resolve("config"))
            .at(server.port(), OpenSsh.user(), in.toString())
            .with("privateKeyFile", server.userKey().toString())
            .with("privateKeyPassphrase", "{{nas.passphrase}}");
    Files.writeString(lane.knownHosts(), server.knownHostsLine() + "\n");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Running running(Sandbox sandbox) throws Exception {
    return lane.running(home()).with("nas.passphrase", OpenSsh.PASSPHRASE).start(sandbox);
  }

  @Test
  void isLoggedInToByKeyOnceItIsKnownAndGivesHundredsOfFiles() throws Exception {
    Files.delete(lane.knownHosts());
    for (int i = 0; i < FILES; i++) {
      MediaFiles.write(in.resolve("photo " + i + ".jpg"), 2_000, i);
    }
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = running(sandbox)) {
      Running.patiently().until(() -> !log.warningsWith("Paused: lane nas").isEmpty());
      assertThat(log.warningsWith("Paused: lane nas"))
          .singleElement()
          .asString()
          .contains("SHA256:")
          .endsWith(server.knownHostsLine());

      Files.writeString(lane.knownHosts(), server.knownHostsLine() + "\n");
      Running.patiently()
          .atMost(180, TimeUnit.SECONDS)
          .until(() -> Running.filesIn(in.resolve("done")).size() == FILES);
      assertThat(sandbox.uploads()).extracting(Upload::name).doesNotHaveDuplicates().hasSize(FILES);
      assertThat(Running.filesIn(in)).hasSize(FILES);
      running.awaitFiled(FILES);
    }
  }

  @Test
  void pausesTheLaneWhenItsKeyHasChangedOrThePasswordIsWrong() throws Exception {
    String right = server.knownHostsLine();
    String another = Files.readString(server.userKey().resolveSibling("user_key.pub"));
    Files.writeString(lane.knownHosts(), "[127.0.0.1]:" + server.port() + " " + another);
    lane.with("privateKeyFile", "").with("password", "{{nas.password}}");
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = running(sandbox)) {
      Running.patiently().until(() -> !log.warningsWith("another key").isEmpty());
      assertThat(log.warningsWith("another key").get(0)).endsWith(right);

      Files.writeString(lane.knownHosts(), right + "\n");
      Running.patiently().until(() -> !log.warningsWith("does not let").isEmpty());
      assertThat(log.all()).noneMatch(line -> line.contains(SftpHost.PASSWORD));
      assertThat(running.drops("CLAIMED")).isZero();
    }
  }

  @Test
  void leavesAloneHostileNamesAndWaitsForAGrowingFile() throws Exception {
    Files.createSymbolicLink(in.resolve("link.jpg"), server.userKey());
    Files.writeString(in.resolve("back\\slash.jpg"), "x");
    Files.writeString(in.resolve("two\nlines.jpg"), "x");
    MediaFiles.write(in.resolve("what? *${x}{{y}}.jpg"), 20_000);
    byte[] whole = Files.readAllBytes(MediaFiles.write(folder.resolve("whole.mp4"), 500_000));
    Path growing = in.resolve("growing.mp4");
    grow(growing, whole, 1);
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running =
            lane.running(home())
                .with("nas.passphrase", OpenSsh.PASSPHRASE)
                .with("mediadrop.drop.settle", "1s")
                .start(sandbox)) {
      for (int part = 2; part <= 10; part++) {
        grow(growing, whole, part);
        // a writer that takes its time, but never as long as the settle time
        Running.patiently().pollDelay(Duration.ofMillis(300)).until(() -> true);
      }
      running.awaitFiled(2);
      Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 2);

      assertThat(sandbox.uploads())
          .extracting(Upload::size)
          .containsExactlyInAnyOrder(20_000L, 500_000L);
      assertThat(log.warningsWith("is left where it is")).hasSize(3);
    }
  }

  private static void grow(Path file, byte[] whole, int tenths) throws IOException {
    Files.write(file, Arrays.copyOf(whole, tenths * whole.length / 10));
  }

  @Test
  void mayBeReadOnlyWithoutAnythingBeingUploadedTwice() throws Exception {
    server.stop();
    server.setReadOnly(true);
    server.start();
    MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = running(sandbox)) {
      running.awaitFiled(1);
      Running.patiently().until(() -> !log.warningsWith("cannot be put away").isEmpty());
      MediaFiles.write(in.resolve("second.jpg"), 5_000);
      running.awaitFiled(2);
      assertThat(Running.filesIn(in)).containsExactly("photo.jpg", "second.jpg");

      server.stop();
      server.setReadOnly(false);
      server.start();
      Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 2);
      assertThat(sandbox.uploads()).hasSize(2);
      assertThat(log.warningsWith("cannot be put away")).hasSize(1);
    }
  }

  @Test
  void givesALargeFileInLittleMemoryAlsoWhenItDiesHalfWay() throws Exception {
    sparse(in.resolve("large.mp4"));
    SandboxOptions options =
        SandboxOptions.defaults().withPlan(PlanProfile.NONE).withHashing(Hashing.OFF);
    try (Sandbox sandbox = Sandbox.start(options)) {
      Process child = child(sandbox);
      try {
        Running.patiently()
            .failFast("it has ended: see child.log", () -> !child.isAlive())
            .until(() -> fetched() > LARGE / 8);
        server.stop();
        assertThat(fetched()).isLessThan(LARGE);
        Running.patiently().until(() -> fetched() == 0);
        assertThat(sandbox.uploads()).isEmpty();
        server.start();
        Running.patiently()
            .atMost(240, TimeUnit.SECONDS)
            .until(() -> Files.exists(in.resolve("done/large.mp4")) || !child.isAlive());

        assertThat(Files.readString(folder.resolve("child.log"))).doesNotContain("OutOfMemory");
        assertThat(sandbox.uploads())
            .singleElement()
            .satisfies(upload -> assertThat(upload.size()).isEqualTo(LARGE));
      } finally {
        end(child);
      }
    }
  }

  /** How many bytes have come so far, of whatever is being fetched. */
  private long fetched() {
    Path work = home().resolve("data/sftp/nas");
    return Running.filesIn(work).stream()
        .mapToLong(file -> work.resolve(file).toFile().length())
        .sum();
  }

  private Process child(Sandbox sandbox) throws IOException {
    SftpLane.writeSecrets(lane.written());
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.mediadrop.cli.Mediadrop",
            "run",
            "--home",
            home().toString(),
            "--config",
            lane.written().toString(),
            "--set",
            "mediadrop.drop.settle=300ms",
            "--set",
            "mediadrop.retry.max-wait=1s",
            "--set",
            "mediadrop.disk.min-free=1MiB");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile());
    builder.environment().put("MEDIADROP_API_BASE_URL", sandbox.baseUrl());
    builder.environment().put("MEDIADROP_API_KEY", Sandbox.KEY);
    builder.environment().put("MEDIADROP_API_CONNECTION_ID", Sandbox.CONNECTION);
    return builder.start();
  }

  private static void end(Process child) {
    child.destroy();
    try {
      child.onExit().orTimeout(40, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      child.destroyForcibly().onExit().join();
    }
  }

  private static void sparse(Path file) throws IOException {
    MediaFiles.write(file, 1 << 20);
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      content.setLength(LARGE);
    }
  }
}
