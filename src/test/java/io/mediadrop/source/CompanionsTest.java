package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cameras and programs put beside a media file. */
class CompanionsTest {

  @RegisterExtension
  final Mediadrop mediadrop =
      new Mediadrop()
          .impatiently()
          .with("mediadrop.drop.settle", "100ms")
          .with("mediadrop.drop.orphan-after", "3s")
          .started();

  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @ParameterizedTest
  @CsvSource({
    "IMG_1.jpg, IMG_1.AAE",
    "IMG_1.jpg, IMG_1.xmp",
    "IMG_1.jpg, IMG_1.jpg.xmp",
    "IMG_0001.jpg, IMG_O0001.AAE",
    "IMG_1.jpg, IMG_1.jpg.supplemental-metadata.json",
    "IMG_1.jpg, IMG_1.jpg.suppl.json",
    "IMG_1(1).jpg, IMG_1.jpg.supplemental-metadata(1).json",
    "IMG_1(1).jpg, IMG_1.jpg(1).json",
    "a name which is longer than what is left of it there.jpg, a name which is longer than what is"
        + " left of it.json",
    "DJI_0001.mp4, DJI_0001.SRT",
    "GX010001.mp4, GX010001.THM",
    "trip/C0001.mp4, trip/C0001M01.XML",
  })
  void goWithTheirFileIntoTheArchive(String media, String companion) throws Exception {
    write(companion, "edits");
    photo(media);
    mediadrop.awaitFiled(1);
    mediadrop.awaitEmptyDrop();

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(inArchive()).contains(media, companion, media + ".media.json");
    JsonNode told = mediadrop.json(".media.json").path("companions");
    assertThat(told).hasSize(1);
    assertThat(told.path(0).path("file").asText()).isEqualTo(nameOf(companion));
    assertThat(mediadrop.archive().resolve(told.path(0).path("archived").asText()))
        .hasContent("edits");
    assertThat(log.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a\\b.jpg, a\\b.xmp, a_b.xmp",
    "a\\b.jpg, a\\b.jpg.xmp, a_b.jpg.xmp",
    "d\\1/IMG_1.jpg, d\\1/IMG_1.AAE, d_1/IMG_1.AAE",
  })
  void goWithTheirFileThoughItCouldNotKeepItsName(String media, String companion, String as)
      throws Exception {
    photo(media);
    mediadrop.awaitFiled(1);
    write(companion, "edits");
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains(as);
    assertThat(mediadrop.json(".media.json").path("companions").findValuesAsText("file"))
        .containsExactly(nameOf(companion));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void goWithADuplicateToo() throws Exception {
    Path first = photo("IMG_1.jpg");
    byte[] content = Files.readAllBytes(first);
    write("IMG_1.AAE", "edits");
    mediadrop.awaitFiled(1);
    mediadrop.awaitEmptyDrop();
    write("IMG_1.AAE", "other edits");
    Files.write(mediadrop.drop().resolve("IMG_1.jpg"), content);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains("IMG_1.jpg", "IMG_1.AAE", "IMG_1~2.jpg", "IMG_1~2.AAE");
    assertThat(
            mediadrop
                .json("IMG_1~2.jpg.media.json")
                .path("companions")
                .path(0)
                .path("archived")
                .asText())
        .endsWith("/IMG_1~2.AAE");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void goToTheRefusedFilesWithTheirFileAndComeBackWithIt() throws Exception {
    sandbox.faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
    photo("trip/IMG_1.jpg");
    write("trip/IMG_1.xmp", "edits");
    mediadrop.awaitFailed(1);
    mediadrop.awaitEmptyDrop();
    Path failed = mediadrop.failed().resolve("default/trip");
    assertThat(Running.filesIn(failed))
        .containsExactlyInAnyOrder("IMG_1.jpg", "IMG_1.xmp", "IMG_1.jpg.reason.txt");

    Files.move(failed.resolve("IMG_1.xmp"), mediadrop.drop().resolve("trip/IMG_1.xmp"));
    Files.move(failed.resolve("IMG_1.jpg"), mediadrop.drop().resolve("trip/IMG_1.jpg"));
    mediadrop.awaitFiled(1);
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains("trip/IMG_1.jpg", "trip/IMG_1.xmp");
    assertThat(Running.filesIn(failed)).isEmpty();
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void mayComeAfterTheirFile() throws Exception {
    photo("IMG_1.jpg");
    mediadrop.awaitFiled(1);
    write("IMG_1.AAE", "edits");
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains("IMG_1.jpg", "IMG_1.AAE");
    assertThat(mediadrop.json(".media.json").path("companions")).hasSize(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void waitForTheirFileAndAreNamedOnceIfItNeverComes() throws Exception {
    write("IMG_1.AAE", "edits");
    Running.patiently().until(() -> log.warningsWith("IMG_1.AAE").size() == 1);
    Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
    assertThat(log.warnings()).singleElement().asString().contains("no media file came");

    photo("IMG_1.jpg");
    mediadrop.awaitFiled(1);
    mediadrop.awaitEmptyDrop();
    assertThat(inArchive()).contains("IMG_1.jpg", "IMG_1.AAE");
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void goWithTheOneOfTwoFilesThatTheyAreAbout() throws Exception {
    write("IMG_1.srt", "words");
    write("IMG_1.AAE", "edits");
    write("IMG_1.png.xmp", "facts");
    photo("IMG_1.png");
    photo("IMG_1.jpg");
    photo("IMG_1.mp4");
    mediadrop.awaitFiled(3);
    mediadrop.awaitEmptyDrop();

    assertThat(companionsOf("IMG_1.mp4")).containsExactly("IMG_1.srt");
    assertThat(companionsOf("IMG_1.png")).contains("IMG_1.png.xmp").doesNotContain("IMG_1.srt");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void areTakenUpWhereACrashHasLeftThem() throws Exception {
    photo("IMG_1.jpg");
    mediadrop.awaitFiled(1);
    mediadrop.stop();
    write("IMG_1.AAE", "edits");
    mediadrop.start();
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains("IMG_1.AAE");
    assertThat(mediadrop.json(".media.json").path("companions")).hasSize(1);
  }

  @Test
  void areNotReplacedByALaterVersion() throws Exception {
    photo("IMG_1.jpg");
    write("IMG_1.xmp", "edits");
    mediadrop.awaitFiled(1);
    mediadrop.awaitEmptyDrop();
    write("IMG_1.xmp", "later edits");
    mediadrop.awaitEmptyDrop();

    assertThat(inArchive()).contains("IMG_1.xmp", "IMG_1~2.xmp");
    assertThat(mediadrop.json(".media.json").path("companions")).hasSize(2);
  }

  private Path photo(String name) {
    return mediadrop.put(name, 5000 + Math.floorMod(name.hashCode(), 1000));
  }

  private void write(String name, String content) throws IOException {
    Path file = mediadrop.drop().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private List<String> inArchive() {
    return Running.filesIn(mediadrop.archive()).stream()
        .map(file -> file.replaceFirst("^default/\\d{4}/\\d\\d/\\d\\d/", ""))
        .toList();
  }

  private List<String> companionsOf(String media) throws IOException {
    return mediadrop.json(media + ".media.json").path("companions").findValuesAsText("file");
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
