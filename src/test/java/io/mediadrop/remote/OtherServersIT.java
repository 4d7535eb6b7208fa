package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of files on the servers that people have. */
@Tag("troubles")
class OtherServersIT {

  /** Servers, and what is particular about them. */
  enum Kind {
    /** Says ok to a hard link, and makes none. */
    RCLONE,
    PROFTPD,
    OPENSSH,
    OPENSSH_WITHOUT_LINKS,
    OPENSSH_IN_A_JAIL
  }

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, byte[]> photos = new TreeMap<>();
  private SftpLane lane;
  private Path in;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private void serve(Kind kind) throws Exception {
    lane = SftpLane.empty(folder.resolve("config"));
    Path place = folder.resolve("nas");
    if (kind == Kind.RCLONE || kind == Kind.PROFTPD) {
      OtherServer server =
          kind == Kind.RCLONE ? OtherServer.rclone(place) : OtherServer.proftpd(place);
      open.add(server);
      in = Files.createDirectories(server.files().resolve("in"));
      lane.at(server.port(), OtherServer.USER, "in").with("password", "{{nas.password}}");
      Files.writeString(lane.knownHosts(), server.knownHostsLine() + "\n");
    } else {
      serveOpenSsh(kind, place);
    }
    for (int i = 0; i < 4; i++) {
      Path photo = in.resolve("day " + i % 2).resolve("photo " + i + ".jpg");
      Files.createDirectories(photo.getParent());
      photos.put(photo.getFileName().toString(), bytes(photo, 20_000 + i));
    }
    Files.writeString(in.resolve("list.txt"), "no media");
  }

  private static byte[] bytes(Path photo, long size) throws Exception {
    return Files.readAllBytes(MediaFiles.write(photo, size, size));
  }

  private void serveOpenSsh(Kind kind, Path place) throws Exception {
    OpenSsh server = OpenSsh.on(place);
    open.add(server);
    in = Files.createDirectories(place.resolve("in"));
    String directory = in.toString();
    if (kind == Kind.OPENSSH_IN_A_JAIL) {
      // every folder above must be the administrator's
      Path jail = Files.createTempDirectory(Path.of("/run"), "mediadrop-test");
      open.add(() -> FileUtil.removeDir(jail.toFile()));
      Files.setPosixFilePermissions(jail, PosixFilePermissions.fromString("rwxr-xr-x"));
      in = Files.createDirectories(jail.resolve("in"));
      directory = "/in";
      server.restartWith("internal-sftp\nChrootDirectory " + jail);
    } else if (kind == Kind.OPENSSH_WITHOUT_LINKS) {
      server.restartWith("internal-sftp -P hardlink,posix-rename");
    }
    lane.at(server.port(), OpenSsh.user(), directory)
        .with("privateKeyFile", server.userKey().toString())
        .with("privateKeyPassphrase", "{{nas.passphrase}}");
    Files.writeString(lane.knownHosts(), server.knownHostsLine() + "\n");
  }

  private Running running(Sandbox sandbox) throws Exception {
    return lane.running(folder.resolve("home"))
        .with("nas.passphrase", OpenSsh.PASSPHRASE)
        .with("mediadrop.duplicates", "upload")
        .start(sandbox);
  }

  @ParameterizedTest
  @EnumSource
  void movesEachFileIntoDoneOrFailed(Kind kind) throws Exception {
    serve(kind);
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines()) {
      try (Running running = running(sandbox)) {
        Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 4);
        Running.patiently().until(() -> Running.filesIn(in.resolve("failed")).size() == 2);
        running.awaitFiled(4);
        running.awaitFailed(1);
      }
      Path again = in.resolve("day 0/photo 0.jpg");
      bytes(again, 30_000);
      try (Running running = running(sandbox)) {
        Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 5);
        running.awaitFiled(5);
      }
      photos.forEach(
          (name, content) ->
              assertThat(in.resolve("done/day " + name.charAt(6) % 2).resolve(name))
                  .hasBinaryContent(content));
      assertThat(in.resolve("done/day 0/photo 0~2.jpg")).hasSize(30_000);
      assertThat(Running.filesIn(in)).hasSize(7);
      assertThat(sandbox.uploads()).extracting(Upload::size).doesNotHaveDuplicates().hasSize(5);
      assertThat(log.warningsWith("cannot be put away")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"RCLONE", "PROFTPD", "OPENSSH"})
  void deletesEachFileOnceThatIsWanted(Kind kind) throws Exception {
    serve(kind);
    lane.with("after", "delete");
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = running(sandbox)) {
      running.awaitFiled(4);
      Running.patiently()
          .until(
              () ->
                  Running.filesIn(in)
                      .equals(List.of("failed/list.txt", "failed/list.txt.reason.txt")));
      assertThat(sandbox.uploads()).hasSize(4);
      assertThat(log.warningsWith("cannot be put away")).isEmpty();
    }
  }
}
