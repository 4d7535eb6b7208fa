package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.ForeignDisk;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed while an uploaded file cannot go where it was to go. */
class FilingKillPointsIT {

  @TempDir Path folder;
  private Path home;
  private Sandbox sandbox;
  private Subscriber subscriber;
  private ForeignDisk disk;

  @BeforeEach
  void start() throws Exception {
    home = folder.resolve("home");
    sandbox = Sandbox.start();
    subscriber = new Subscriber();
  }

  @AfterEach
  void stop() throws Exception {
    subscriber.close();
    sandbox.close();
    if (disk != null) {
      disk.unmount();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before Ledger.write by Announcements.announce #1",
        "after Ledger.write by Announcements.announce #1",
        "before Ledger.note by GroupedWrites.areDone #1"
      })
  void isAnnouncedOnce(String point) throws Exception {
    Path barrier =
        Files.writeString(
            Files.createDirectories(home.resolve("archive")).resolve("default"), "in the way");
    drop("photo.jpg");
    killAt(point);
    try (Running running = again()) {
      Running.patiently().until(() -> !subscriber.eventsOf("photo.jpg").isEmpty());
      Files.delete(barrier);
      awaitFiled(running, "photo.jpg", "photo.jpg");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before Ledger.write by UploadRecords.elsewhere #1",
        "after Ledger.write by UploadRecords.elsewhere #1",
        "after SafeMove.link by SafeMove.move #1",
        "before Ledger.write by UploadRecords.filed #1"
      })
  void goesBesideWhatHasItsPlace(String point) throws Exception {
    drop("photo.jpg");
    killAt("before SafeMove.link by FilingBatch.link #1");
    Path others = Files.writeString(day().resolve("photo.jpg"), "somebody's own");
    killAt(point);
    try (Running running = again()) {
      awaitFiled(running, "photo.jpg", "photo~2.jpg");
    }
    assertThat(others).hasContent("somebody's own");
  }

  @Test
  void isUploadedOnceMoreWhereItIsRewrittenBeforeTheNextStart() throws Exception {
    drop("photo.jpg");
    killAt("before FilingBatch.unlink by FilingBatch.file #1");
    Path photo = home.resolve("drop/photo.jpg");
    assertThat(day().resolve("photo.jpg")).exists();
    byte[] newer = Files.readAllBytes(MediaFiles.write(folder.resolve("newer.jpg"), 6000, 9));
    Files.write(photo, newer);
    try (Running running = again()) {
      running.awaitFiled(2);
      assertThat(sandbox.uploads()).extracting(Upload::size).containsExactly(5000L, 6000L);
      assertThat(day().resolve("photo.jpg")).doesNotExist();
      assertThat(day().resolve("photo~2.jpg")).hasBinaryContent(newer);
      assertThat(running.json("/photo.jpg.media.json").path("superseded").asBoolean()).isTrue();
    }
    assertThat(LedgerInvariants.violations(home)).isEmpty();
  }

  @Tag("troubles")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "after NameTrial.takes by NameTrial.takesAll #1",
        "before NameTrial.clear by NameTrial.answer #2",
        "before Ledger.write by UploadRecords.elsewhere #1",
        "after Ledger.write by UploadRecords.elsewhere #1",
        "before SafeMove.link by SafeMove.copy #1",
        "after SafeMove.link by SafeMove.copy #1",
        "before Ledger.write by UploadRecords.filed #1"
      })
  void getsANameThatTheDiskTakes(String point) throws Exception {
    disk = ForeignDisk.ntfs(home.resolve("archive"), folder.resolve("ntfs.img"));
    drop("shot 10:00:00.jpg");
    killAt(point);
    try (Running running = again()) {
      awaitFiled(running, "shot 10:00:00.jpg", "shot 10_00_00.jpg");
    }
  }

  private void drop(String name) throws Exception {
    MediaFiles.write(Files.createDirectories(home.resolve("drop")).resolve(name), 5000);
  }

  /** Where a file goes today. */
  private Path day() throws Exception {
    String day = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(LocalDate.now(ZoneOffset.UTC));
    return Files.createDirectories(home.resolve("archive/default").resolve(day));
  }

  private void killAt(String point) throws Exception {
    Child.Builder child = Child.on(home).set("mediadrop.notify.uri", subscriber.uri());
    try (Child doomed = child.property(KillPoints.AT, point).start(sandbox)) {
      assertThat(doomed.awaitEnd(120)).as("%s%n%s", point, doomed.output()).isEqualTo(137);
    }
    assertThat(LedgerInvariants.violations(home)).isEmpty();
  }

  private Running again() throws Exception {
    return Running.on(home)
        .impatiently()
        .with("mediadrop.notify.uri", subscriber.uri())
        .start(sandbox);
  }

  private void awaitFiled(Running running, String name, String as) throws Exception {
    running.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(subscriber.eventsOf(name)).hasSize(1);
    assertThat(Running.filesIn(running.drop())).isEmpty();
    assertThat(Running.filesIn(running.archive()))
        .extracting(file -> file.substring(file.lastIndexOf('/') + 1))
        .filteredOn(file -> file.equals(as) || !file.equals(name))
        .containsExactlyInAnyOrder(as, as + ".media.json", as + ".assets.json");
    assertThat(running.json(as + ".media.json").path("archived").asText()).endsWith("/" + as);
    assertThat(LedgerInvariants.violations(home)).isEmpty();
  }
}
