package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a server, watched by a lane. */
class SftpLaneIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private SftpHost host;
  private SftpLane lane;
  private Path in;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    in = host.root().resolve("in");
  }

  @Test
  void uploadsAFileAndMovesItToDone() throws Exception {
    Path photo = MediaFiles.write(in.resolve("a b?*${x}.jpg"), 20_000);
    Files.createDirectories(in.resolve("2026/ü"));
    MediaFiles.write(in.resolve("2026/ü/clip.mp4"), 200_000);
    byte[] content = Files.readAllBytes(photo);
    lane.start(mediadrop);
    mediadrop.awaitFiled(2);
    Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 2);

    assertThat(Running.filesIn(in)).containsExactly("done/2026/ü/clip.mp4", "done/a b?*${x}.jpg");
    assertThat(in.resolve("done/a b?*${x}.jpg")).hasBinaryContent(content);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(Running.filesIn(mediadrop.archive()))
        .allMatch(file -> file.startsWith("nas/"))
        .anyMatch(file -> file.endsWith("/2026/ü/clip.mp4"));
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
  }

  @Test
  void endsItsUploadsBeforeItChanges() throws Exception {
    MediaFiles.write(in.resolve("clip.mp4"), 1_000_000);
    sandbox.faults().next(Route.WHOLE, Faults.slowReading(150_000));
    lane.start(mediadrop);
    Running.patiently().until(() -> mediadrop.drops("SENDING") == 1);
    lane.with("concurrency", "3").written();
    Running.patiently()
        .until(() -> log.all().contains("Lane nas ends its uploads under way before it changes"));
    MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    mediadrop.awaitFiled(2);

    assertThat(log.all()).anyMatch(line -> line.startsWith("Lane nas has changed and watches"));
    assertThat(sandbox.calls()).filteredOn(call -> call.route() == Route.INIT).hasSize(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void watchesAnAbsoluteFolderToo() throws Exception {
    MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    lane.with("directory", "/in/").start(mediadrop);
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> Files.exists(in.resolve("done/photo.jpg")));
  }

  @Test
  void replacesNothingInDone() throws Exception {
    Files.createDirectories(in.resolve("done"));
    Files.writeString(in.resolve("done/photo.jpg"), "an older one");
    MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    lane.start(mediadrop);
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> !Files.exists(in.resolve("photo.jpg")));

    assertThat(in.resolve("done/photo.jpg")).hasContent("an older one");
    assertThat(in.resolve("done/photo~2.jpg")).hasSize(20_000);
    assertThat(in.resolve("photo.jpg")).doesNotExist();
  }

  @Test
  void putsWhatTheApiDoesNotTakeIntoFailedWithTheReason() throws Exception {
    Files.writeString(in.resolve("list.txt"), "no media");
    lane.start(mediadrop);
    mediadrop.awaitFailed(1);
    Running.patiently().until(() -> !Files.exists(in.resolve("list.txt")));

    assertThat(Running.filesIn(in))
        .containsExactly("failed/list.txt", "failed/list.txt.reason.txt");
    assertThat(in.resolve("failed/list.txt.reason.txt"))
        .content()
        .contains("list.txt was not uploaded", "back into its folder on the server")
        .doesNotContain(mediadrop.home().toString());
    assertThat(Running.filesIn(mediadrop.failed()))
        .containsExactly("nas/list.txt", "nas/list.txt.reason.txt");

    Files.move(in.resolve("failed/list.txt"), in.resolve("list.txt"));
    mediadrop.awaitFailed(2);
    Running.patiently().until(() -> Files.exists(in.resolve("failed/list.txt")));
  }

  @Test
  void leavesAloneWhatIsNoFileOrHasAHostileName() throws Exception {
    Path secret =
        Files.writeString(mediadrop.folder("aside").resolve("secret.jpg"), "not to be read");
    Files.createSymbolicLink(in.resolve("link.jpg"), secret);
    Files.createSymbolicLink(in.resolve("linked-folder"), mediadrop.home().getParent());
    Files.writeString(in.resolve("back\\slash.jpg"), "x");
    Files.writeString(in.resolve("two\nlines.jpg"), "x");
    MediaFiles.write(in.resolve("escape.jpg"), 1_000);
    host.forge("escape.jpg", "x/../../../escaped.jpg");
    Files.writeString(in.resolve(".hidden.jpg"), "x");
    MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    lane.start(mediadrop);
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> Files.exists(in.resolve("done/photo.jpg")));

    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("photo.jpg");
    assertThat(log.warningsWith("is left where it is"))
        .hasSize(5)
        .anyMatch(line -> line.contains("link.jpg") && line.contains("it is a link"))
        .anyMatch(line -> line.contains("linked-folder") && line.contains("it is a link"))
        .anyMatch(line -> line.contains("slash.jpg") && line.contains("backslash"))
        .anyMatch(line -> line.contains("two\\u000Alines.jpg"))
        .anyMatch(line -> line.contains("escaped.jpg") && line.contains("slash"));
    assertThat(mediadrop.home().resolveSibling("escaped.jpg")).doesNotExist();
    assertThat(Running.filesIn(in)).hasSize(7 - 1);
  }

  @Test
  void entersNoFolderThatASystemHasMadeAndNoneThatTheSettingNames() throws Exception {
    List<String> names =
        List.of(
            "#recycle/deleted.jpg",
            "2026/@eaDir/beach.jpg/SYNOPHOTO_THUMB_XL.jpg",
            "@Recently-Snapshot/beach.jpg",
            "System Volume Information/beach.jpg",
            "clip.mp4.download/clip.mp4",
            "Icon\r",
            "beach.jpg:Zone.Identifier",
            "Photos.photoslibrary/originals/1.jpg");
    Path photo = MediaFiles.write(mediadrop.folder("aside").resolve("good.jpg"), 20_000);
    for (String name : names) {
      Files.createDirectories(in.resolve(name).getParent());
      Files.copy(photo, in.resolve(name));
    }
    Files.move(photo, in.resolve("2026/good.jpg"));
    lane.start(mediadrop);
    mediadrop.awaitFiled(1);
    MediaFiles.write(in.resolve("2026/another.jpg"), 30_000);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("good.jpg", "another.jpg");
    assertThat(Running.filesIn(in)).containsAll(names);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("Photos.photoslibrary", "export from there");
  }

  @Test
  void leavesOutAFolderThatMustNotBeListed() throws Exception {
    MediaFiles.write(Files.createDirectories(in.resolve("a/barred")).resolve("x.jpg"), 1_000);
    MediaFiles.write(in.resolve("z.jpg"), 20_000);
    lane.prepare(mediadrop).with("mediadrop.retry.max-wait", "1m").start();
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("z.jpg");
    assertThat(log.warningsWith("a/barred is left where it is: it must not be listed")).hasSize(1);
  }

  @Test
  void doesNotUploadAFileThatWasTakenAwayWhileItWaited() throws Exception {
    Path empty = Files.createFile(in.resolve("empty.jpg"));
    lane.prepare(mediadrop).with("mediadrop.drop.incomplete-after", "1h").start();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp")))
        .containsExactly("nas/empty.jpg");

    Files.delete(empty);
    Running.patiently().until(() -> mediadrop.drops("MISSING") == 1);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
  }

  @Test
  void keepsNoCopyOfAFileWhoseFolderWasTakenAwayWhileItWaited() throws Exception {
    Path empty = Files.createFile(Files.createDirectories(in.resolve("a/b")).resolve("empty.jpg"));
    lane.prepare(mediadrop).with("mediadrop.drop.incomplete-after", "1h").start();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    Files.delete(empty);
    Files.delete(in.resolve("a/b"));
    Files.delete(in.resolve("a"));
    Running.patiently().until(() -> mediadrop.drops("MISSING") == 1);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
  }

  @Test
  void goesOnListingAndUploadingWhileALargeFileIsFetched() throws Exception {
    MediaFiles.write(in.resolve("large.mp4"), 3_000_000);
    CountDownLatch small = new CountDownLatch(1);
    host.onReading((file, offset) -> waitFor(small, file.equals("large.mp4") && offset > 1 << 20));
    lane.start(mediadrop);
    Running.patiently().until(() -> Files.isDirectory(mediadrop.home().resolve("data/sftp/nas")));
    MediaFiles.write(in.resolve("small.jpg"), 20_000);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("small.jpg");

    small.countDown();
    mediadrop.awaitFiled(2);
  }

  private static void waitFor(CountDownLatch latch, boolean concerned) {
    if (concerned) {
      try {
        latch.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void takesAFileOnlyOnceItHasStoppedGrowing() throws Exception {
    Path growing = MediaFiles.write(in.resolve("growing.jpg"), 20_000);
    byte[] whole =
        Files.readAllBytes(
            MediaFiles.write(mediadrop.folder("aside").resolve("whole.jpg"), 60_000));
    lane.start(mediadrop);
    host.onReading(
        (file, offset) -> {
          // the writer was only pausing
          if (Files.size(growing) == 20_000) {
            Files.write(growing, whole);
          }
        });
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads())
        .singleElement()
        .satisfies(upload -> assertThat(upload.size()).isEqualTo(60_000));
    assertThat(log.warningsWith("it is taken once it has settled")).isNotEmpty();
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
  }

  @Test
  void letsHalfAFileWaitForItsOtherHalfAndThenFail() throws Exception {
    byte[] photo =
        Files.readAllBytes(
            MediaFiles.write(mediadrop.folder("aside").resolve("whole.jpg"), 60_000));
    byte[] video =
        Files.readAllBytes(
            MediaFiles.write(mediadrop.folder("aside").resolve("whole.webm"), 60_000));
    Files.write(in.resolve("goes on.jpg"), Arrays.copyOf(photo, 30_000));
    Files.write(in.resolve("broken off.webm"), Arrays.copyOf(video, 30_000));
    lane.prepare(mediadrop).with("mediadrop.drop.incomplete-after", "6s").start();
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 2);
    assertThat(sandbox.calls()).isEmpty();
    Files.write(in.resolve("goes on.jpg"), photo);

    mediadrop.awaitFailed(1);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting("size").containsExactly(60_000L);
    assertThat(in.resolve("failed/broken off.webm.reason.txt"))
        .content()
        .contains("unfinished recording or copy");
  }

  @Test
  void beginsAFileAnewWhoseServerDiedWhileItWasFetched() throws Exception {
    Path video = MediaFiles.write(in.resolve("video.mp4"), 3_000_000);
    CountDownLatch halfWay = new CountDownLatch(1);
    host.onReading(
        (file, offset) -> {
          if (offset > 1 << 20 && halfWay.getCount() > 0) {
            halfWay.countDown();
            new Thread(this::stopHost).start();
          }
        });
    lane.start(mediadrop);
    assertThat(halfWay.await(60, TimeUnit.SECONDS)).isTrue();
    Running.patiently()
        .until(() -> Running.filesIn(mediadrop.home().resolve("data/sftp")).isEmpty());
    assertThat(sandbox.uploads()).isEmpty();

    host.start();
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads())
        .singleElement()
        .satisfies(upload -> assertThat(upload.size()).isEqualTo(3_000_000));
    Running.patiently().until(() -> !Files.exists(video));
  }

  private void stopHost() {
    try {
      host.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void uploadsTheNewContentOfAFileThatWasPutThereAgain() throws Exception {
    Path photo = MediaFiles.write(in.resolve("photo.jpg"), 20_000);
    lane.start(mediadrop);
    Running.patiently().until(() -> Files.exists(in.resolve("done/photo.jpg")));
    MediaFiles.write(photo, 20_000, 7);
    Files.setLastModifiedTime(photo, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void movesAFileToDoneAlthoughAFileHasTheNameOfItsFolderThere() throws Exception {
    Files.createDirectories(in.resolve("done/2026"));
    Files.createDirectories(in.resolve("failed"));
    Files.writeString(in.resolve("done/2026/a"), "a file");
    Files.writeString(in.resolve("failed/a"), "a file");
    MediaFiles.write(Files.createDirectories(in.resolve("2026/a/b")).resolve("x.jpg"), 20_000);
    Files.writeString(Files.createDirectories(in.resolve("a")).resolve("list.txt"), "no media");
    lane.start(mediadrop);
    mediadrop.awaitFiled(1);
    // the reason is there first
    Running.patiently().until(() -> Files.exists(in.resolve("failed/a~2/list.txt")));
    Running.patiently().until(() -> Running.filesIn(in).size() == 5);
    assertThat(Running.filesIn(in))
        .containsExactly(
            "done/2026/a",
            "done/2026/a~2/b/x.jpg",
            "failed/a",
            "failed/a~2/list.txt",
            "failed/a~2/list.txt.reason.txt");
    assertThat(log.warningsWith("cannot be put away")).isEmpty();
  }

  @Test
  void leavesAFolderToTheLaneThatWatchesIt() throws Exception {
    Path config = lane.written();
    Files.writeString(
        config.resolve("lanes/inner.camel.yaml"),
        Files.readString(config.resolve("lanes/nas.camel.yaml"))
            .replace("routeId: nas", "routeId: inner")
            .replace("\"in\"", "\"./in/inner/\""));
    MediaFiles.write(Files.createDirectories(in.resolve("inner")).resolve("one.jpg"), 20_000);
    lane.prepare(mediadrop).with("mediadrop.duplicates", "upload").start();
    Running.patiently().until(() -> Files.exists(in.resolve("inner/done/one.jpg")));
    MediaFiles.write(in.resolve("two.jpg"), 30_000);
    Running.patiently().until(() -> Files.exists(in.resolve("done/two.jpg")));
    MediaFiles.write(in.resolve("three.jpg"), 40_000);
    Running.patiently().until(() -> Files.exists(in.resolve("done/three.jpg")));

    mediadrop.awaitFiled(3);
    assertThat(Running.filesIn(in))
        .containsExactly("done/three.jpg", "done/two.jpg", "inner/done/one.jpg");
    assertThat(sandbox.uploads()).hasSize(3);
  }
}
