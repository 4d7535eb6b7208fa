package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The archive lies on a disk of another system, which does not take the names of all files. */
@Tag("troubles")
class ForeignDiskIT {

  private static final List<String> NAMES =
      List.of(
          "shot 10:00:00.jpg",
          "what?.jpg",
          "a*b.jpg",
          "\"quoted\" <tag> a|b.jpg",
          "line\nfeed\u0001.jpg",
          "CON.jpg",
          "com1.tar.jpg",
          "back\\slash.jpg",
          "day: 1/trip?/IMG_1.jpg",
          "ends with a dot./and a space /IMG_2.jpg",
          "plain.jpg",
          "日本 😀.jpg",
          "é".repeat(125) + ".jpg",
          "x".repeat(251) + ".jpg");

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  // what is left of a mount must not be what is deleted
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Path home;
  private ForeignDisk disk;

  @BeforeEach
  void start() throws Exception {
    home = Files.createDirectories(mediadrop.home());
  }

  @AfterEach
  void stop() throws Exception {
    mediadrop.stop();
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void filesEverythingOnOneOfWindows() throws Exception {
    disk = ForeignDisk.ntfs(home.resolve("archive"), folder.resolve("ntfs.img"));
    assertThat(archived(NAMES))
        .containsEntry("shot 10:00:00.jpg", "shot 10_00_00.jpg")
        .containsEntry("what?.jpg", "what_.jpg")
        .containsEntry("a*b.jpg", "a_b.jpg")
        .containsEntry("\"quoted\" <tag> a|b.jpg", "_quoted_ _tag_ a_b.jpg")
        .containsEntry("line\nfeed\u0001.jpg", "line_feed_.jpg")
        .containsEntry("CON.jpg", "CON_.jpg")
        .containsEntry("com1.tar.jpg", "com1_.tar.jpg")
        .containsEntry("back\\slash.jpg", "back_slash.jpg")
        .containsEntry("day: 1/trip?/IMG_1.jpg", "day_ 1/trip_/IMG_1.jpg")
        .containsEntry(
            "ends with a dot./and a space /IMG_2.jpg", "ends with a dot_/and a space_/IMG_2.jpg")
        .containsEntry("日本 😀.jpg", "日本 😀.jpg")
        .containsEntry("plain.jpg", "plain.jpg");
  }

  @Test
  void filesEverythingOnACamerasCard() throws Exception {
    disk = ForeignDisk.exfat(home.resolve("archive"), folder.resolve("exfat.img"));
    assertThat(archived(NAMES))
        .containsEntry("shot 10:00:00.jpg", "shot 10_00_00.jpg")
        .containsEntry("what?.jpg", "what_.jpg")
        .containsEntry("CON.jpg", "CON.jpg");
  }

  @Test
  void filesEverythingInAnEncryptedFolder() throws Exception {
    disk = ForeignDisk.encrypted(home.resolve("archive"), folder.resolve("secret"));
    assertThat(archived(NAMES))
        .containsEntry("shot 10:00:00.jpg", "shot 10:00:00.jpg")
        .hasEntrySatisfying(
            "x".repeat(251) + ".jpg", place -> assertThat(place).hasSizeLessThan(120));
  }

  @Test
  void hasCompanionsBesideTheirFilesOnACamerasCard() throws Exception {
    disk = ForeignDisk.exfat(home.resolve("archive"), folder.resolve("exfat.img"));
    archived(List.of("shot 10:00:00.jpg", "IMG|1.jpg", "d: 1/in.jpg", "what?.jpg"));
    for (String companion :
        List.of(
            "shot 10:00:00.xmp",
            "shot 10:00:00.jpg.xmp",
            "IMG|1.xmp",
            "d: 1/in.xmp",
            "what?.jpg.supplemental-metadata.json")) {
      Files.createDirectories(mediadrop.drop().resolve(companion).getParent());
      Files.writeString(mediadrop.drop().resolve(companion), companion);
    }
    Running.patiently().until(() -> Running.filesIn(mediadrop.drop()).isEmpty());

    assertThat(Running.filesIn(mediadrop.archive()))
        .extracting(file -> file.split("/", 5)[4])
        .contains(
            "shot 10_00_00.xmp",
            "shot 10_00_00.jpg.xmp",
            "IMG_1.xmp",
            "d_ 1/in.xmp",
            "what_.jpg.supplemental-metadata.json");
    assertThat(log.warnings()).isEmpty();
  }

  /** Two names in the ledger, one on the disk. */
  @Test
  void filesBothOfTwoNamesThatAreOneThere() throws Exception {
    disk = ForeignDisk.exfat(home.resolve("archive"), folder.resolve("exfat.img"));
    Map<String, String> archived = archived(List.of("IMG_1.jpg", "img_1.jpg", "Img_1.JPG"));
    assertThat(archived.values()).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void setsRefusedFilesAsideOnOneOfWindows() throws Exception {
    disk = ForeignDisk.ntfs(home.resolve("failed"), folder.resolve("ntfs.img"));
    mediadrop.on(home).impatiently().start();
    Files.createFile(mediadrop.drop().resolve("empty: 1?.jpg"));
    mediadrop.awaitFailed(1);

    assertThat(Running.filesIn(mediadrop.failed()))
        .containsExactlyInAnyOrder("default/empty_ 1_.jpg", "default/empty_ 1_.jpg.reason.txt");
  }

  /** Drops files of these names; what each is called below its day in the archive, by its name. */
  private Map<String, String> archived(List<String> names) throws Exception {
    mediadrop.on(home).with("mediadrop.disk.min-free", "1MiB").start();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    int seed = 0;
    for (String name : names) {
      Path aside = MediaFiles.write(folder.resolve("aside.jpg"), 5000, ++seed);
      contents.put(name, Files.readAllBytes(aside));
      Path file = mediadrop.drop().resolve(name);
      Files.createDirectories(file.getParent());
      Files.move(aside, file);
    }
    mediadrop.awaitFiled(names.size());
    Map<String, String> archived = new LinkedHashMap<>();
    for (String file : Running.filesIn(mediadrop.archive())) {
      if (file.endsWith(".media.json")) {
        JsonNode receipt = mediadrop.json(file);
        String place = receipt.path("archived").textValue();
        String name = receipt.path("file").textValue();
        assertThat(mediadrop.archive().resolve(place)).hasBinaryContent(contents.get(name));
        archived.put(name, place.split("/", 5)[4]);
      }
    }
    assertThat(archived).containsOnlyKeys(names);
    assertThat(Running.filesIn(mediadrop.drop())).isEmpty();
    assertThat(sandbox.uploads()).extracting(Upload::name).doesNotHaveDuplicates();
    assertThat(sandbox.uploads()).hasSize(names.size());
    // originals, receipts and items, and nothing that was tried
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(3 * names.size());
    assertThat(log.warnings()).isEmpty();
    return archived;
  }
}
