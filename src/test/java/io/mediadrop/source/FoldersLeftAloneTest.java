package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Folders below a watched one that hold nothing to upload, whatever the names of their files. */
class FoldersLeftAloneTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @Test
  void areNotEnteredIfASystemHasMadeThem() throws Exception {
    List<String> names =
        List.of(
            "#recycle/deleted.jpg",
            "2026/@eaDir/beach.jpg/SYNOPHOTO_THUMB_XL.jpg",
            "@Recently-Snapshot/GMT+01_2026-11-29_0000/beach.jpg",
            "@Recycle/2026/deleted.jpg",
            "$RECYCLE.BIN/S-1-5-21/$R1A2B3C.jpg",
            "System Volume Information/x.jpg",
            "FOUND.000/FILE0000.jpg",
            "lost+found/1234.jpg",
            "__MACOSX/beach.jpg",
            "~snapshot/hourly.0/beach.jpg",
            ".zfs/snapshot/auto/beach.jpg",
            "Lightroom Catalog Previews.lrdata/0/beach.jpg");
    mediadrop.start();
    names.forEach(name -> write(mediadrop.drop().resolve(name)));

    aGoodFileGoesThrough();

    assertThat(Running.filesIn(mediadrop.drop())).hasSameElementsAs(names);
    assertThat(log.warnings()).isEmpty();
    assertThat(log.all()).noneMatch(line -> line.contains("left where it is"));
  }

  @Test
  void areNotEnteredAndNamedIfTheSettingNamesThem() throws Exception {
    mediadrop.with("mediadrop.drop.ignore", "raw").start();
    write(mediadrop.drop().resolve("trip/RAW/beach.jpg"));
    write(mediadrop.drop().resolve("#recycle/deleted.jpg"));

    aGoodFileGoesThrough();

    assertThat(Running.filesIn(mediadrop.drop()))
        .containsExactlyInAnyOrder("trip/RAW/beach.jpg", "#recycle/deleted.jpg");
    assertThat(log.all())
        .filteredOn(line -> line.contains("left where it is"))
        .singleElement()
        .asString()
        .contains("RAW", "mediadrop.drop.ignore");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void areNotEnteredWhileABrowserFillsThem() throws Exception {
    mediadrop.start();
    Path half = write(mediadrop.drop().resolve("clip.mp4.download/clip.mp4"));

    aGoodFileGoesThrough();
    Files.move(half, mediadrop.drop().resolve("clip.mp4"));
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("good.jpg", "clip.mp4");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void areNamedIfAPersonsFilesMayBeInThem() throws Exception {
    mediadrop.start();
    write(mediadrop.drop().resolve("Photos Library.photoslibrary/resources/derivatives/1.jpg"));
    write(mediadrop.drop().resolve("card/M4ROOT/THMBNL/C0001T01.JPG"));

    aGoodFileGoesThrough();

    assertThat(log.warnings())
        .hasSize(2)
        .anyMatch(line -> line.contains("photoslibrary") && line.contains("export from there"))
        .anyMatch(line -> line.contains("THMBNL") && line.contains("rename"));
  }

  @Test
  void areEnteredIfALaneWatchesThemItself() throws Exception {
    mediadrop.on(mediadrop.folder("#snapshot/@eaDir").resolve("home")).start();
    write(mediadrop.drop().resolve("good.jpg"));
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  private void aGoodFileGoesThrough() {
    write(mediadrop.drop().resolve("2026/good.jpg"));
    mediadrop.awaitFiled(1);
    Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("good.jpg");
  }

  private static Path write(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MediaFiles.write(file, 5000);
  }
}
