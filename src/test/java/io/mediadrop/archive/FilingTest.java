package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfiled;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way of an uploaded file into the archive, when something comes between. */
class FilingTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path aside;
  private final FaultScript faults = sandbox.faults();
  private Path photo;

  @BeforeEach
  void start() throws Exception {
    mediadrop.with("mediadrop.drop.settle", "1s").start();
    photo = mediadrop.drop().resolve("photo.jpg");
  }

  @Test
  void saysThatTheFileVanishedDuringItsUpload() throws Exception {
    faults.next(Route.WHOLE, Faults.slowAnswer(Duration.ofMillis(500)));
    MediaFiles.write(photo, 1000);
    Running.patiently().until(() -> !sandbox.uploads().isEmpty());
    Files.delete(photo);

    mediadrop.awaitFiled(1);

    assertThat(log.warningsWith("photo.jpg")).hasSize(1).allMatch(line -> line.contains("gone"));
    assertThat(mediadrop.json("photo.jpg.media.json").path("archived").isNull()).isTrue();
  }

  @Test
  void knowsWhatItMovedThoughTheArchivesDiskKeepsSecondsOnly() throws Exception {
    MediaFiles.write(photo, 1000);
    mediadrop.awaitFiled(1);
    mediadrop.put("copy.jpg", 1000);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    SentFiles sentFiles =
        new SentFiles(mediadrop.bean("uploadRecords", UploadRecords.class), new Checksums());
    // there is no checksum by which the copy could be told
    Drop copy = uploadedAgain("path = 'copy.jpg'");
    Path original = mediadrop.archive().resolve(copy.archivePath());
    long seconds = copy.modified() / 1_000_000_000;

    Files.setLastModifiedTime(original, FileTime.from(seconds, TimeUnit.SECONDS));
    assertThat(sentFiles.isSent(copy, original)).isTrue();
    Files.setLastModifiedTime(original, FileTime.from(seconds - 3, TimeUnit.SECONDS));
    assertThat(sentFiles.isSent(copy, original)).isFalse();
  }

  @Test
  void leavesAloneWhatAnotherHasFiledSinceTheLedgerWasRead() throws Exception {
    MediaFiles.write(photo, 1000);
    mediadrop.awaitFiled(1);
    Drop stale = uploadedAgain("path = 'photo.jpg'");
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    ledger.write(handle -> handle.execute("DELETE FROM work"));
    Path receipt = mediadrop.archive().resolve(FileNames.receipt(stale.archivePath()));
    Files.delete(receipt);

    assertThat(mediadrop.bean("archive", Archive.class).putAway(stale)).isTrue();
    assertThat(receipt).doesNotExist();
  }

  @Test
  void leavesAFileThatReplacedTheOneThatWasSentToTheNextUpload() throws Exception {
    Path next = MediaFiles.write(aside.resolve("next.jpg"), 1000, 2);
    byte[] content = Files.readAllBytes(next);
    faults.next(Route.WHOLE, Faults.slowAnswer(Duration.ofMillis(500)));
    MediaFiles.write(photo, 1000, 1);
    Running.patiently().until(() -> !sandbox.uploads().isEmpty());
    Files.move(next, photo, StandardCopyOption.REPLACE_EXISTING);

    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(originals()).hasSize(1);
    assertThat(mediadrop.archive().resolve(originals().get(0))).hasBinaryContent(content);
  }

  @Test
  void finishesAMoveThatACrashHadLeftWithTheFileAtBothPlaces() throws Exception {
    MediaFiles.write(photo, 1000);
    mediadrop.awaitFiled(1);
    Path original = mediadrop.archive().resolve(originals().get(0));
    Files.copy(original, photo, StandardCopyOption.COPY_ATTRIBUTES);
    Files.setLastModifiedTime(photo, Files.getLastModifiedTime(original));

    fileOnceMore();

    assertThat(photo).doesNotExist();
    assertThat(original).exists();
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void goesBesideWhatSomebodyPutInItsPlaceInTheArchive() throws Exception {
    MediaFiles.write(photo, 1000);
    mediadrop.awaitFiled(1);
    Path original = mediadrop.archive().resolve(originals().get(0));
    byte[] content = Files.readAllBytes(original);
    Files.move(original, photo);
    Files.writeString(original, "somebody's own");

    assertThat(fileOnceMore()).isTrue();
    assertThat(original).hasContent("somebody's own");
    assertThat(original.resolveSibling("photo~2.jpg")).hasBinaryContent(content);
    assertThat(mediadrop.json("photo~2.jpg.media.json").path("archived").asText())
        .endsWith("/photo~2.jpg");
    assertThat(photo).doesNotExist();
  }

  /** As where a disk takes two names for one, and the burst of a camera has one size and time. */
  @Test
  void takesAnotherFileOfTheSameSizeAndTimeForAnother() throws Exception {
    MediaFiles.write(photo, 1000, 1);
    mediadrop.awaitFiled(1);
    Path original = mediadrop.archive().resolve(originals().get(0));
    byte[] content = Files.readAllBytes(original);
    FileTime modified = Files.getLastModifiedTime(original);
    Files.move(original, photo);
    byte[] others = Files.readAllBytes(MediaFiles.write(original, 1000, 2));
    Files.setLastModifiedTime(original, modified);

    assertThat(fileOnceMore()).isTrue();
    assertThat(original).hasBinaryContent(others);
    assertThat(original.resolveSibling("photo~2.jpg")).hasBinaryContent(content);
  }

  @Test
  void endsBeforeAStopClosesTheLedgerAndGivesTheHomeAway() throws Exception {
    MediaFiles.write(photo, 1000);
    mediadrop.awaitFiled(1);
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    List<String> found = new CopyOnWriteArrayList<>();
    Archive archive = mediadrop.bean("archive", Archive.class);
    Drop drop = unfiled();
    mediadrop
        .context()
        .createProducerTemplate()
        .send("direct:split-media", split -> split.setVariable("uploaded", archive.begin(drop)));
    archive.queue().add(drop, filed -> found.add(atTheStop(ledger)));

    mediadrop.stop();

    assertThat(found).containsExactly("home locked, 0 drops left");
  }

  /** What the thread that files finds when the stop has come to it. */
  private String atTheStop(Ledger ledger) {
    Home other = new Home();
    other.setRoot(mediadrop.home().toString());
    boolean free = false;
    Instant end = Instant.now().plusSeconds(1);
    while (!free && Instant.now().isBefore(end)) {
      try {
        other.open();
        other.close();
        free = true;
      } catch (ConfigurationMistake locked) {
        Thread.onSpinWait();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return "home %s, %d drops left"
        .formatted(free ? "free" : "locked", ledger.in(DropState.UPLOADED).size());
  }

  private List<String> originals() {
    return Running.filesIn(mediadrop.archive()).stream()
        .filter(path -> path.endsWith(".jpg"))
        .toList();
  }

  private boolean fileOnceMore() {
    return mediadrop.bean("archive", Archive.class).putAway(unfiled());
  }

  /** As after a crash that came before the ledger knew that the file was filed. */
  private Drop unfiled() {
    return uploadedAgain("archive_path NOT NULL");
  }

  private Drop uploadedAgain(String which) {
    return Unfiled.again(mediadrop.bean("ledger", Ledger.class), which).get(0);
  }
}
