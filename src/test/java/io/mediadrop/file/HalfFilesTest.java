package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and download programs leave beside a file until it is whole. */
class HalfFilesTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v.x1Yz-9.mp4.part",
        "v.mp4.part",
        "v.mp4.crdownload",
        "v.mp4.crswap",
        "Unconfirmed 372841.crdownload",
        "v.mp4.opdownload",
        "v.mp4.aria2",
        ".v.mp4.Ab12Cd",
        "v.mp4.filepart",
        "V.MP4.PART"
      })
  void areThoseOfAnEmptyFile(String half) throws Exception {
    Path empty = Files.createFile(folder.resolve("v.mp4"));
    Files.writeString(folder.resolve(half), "half");

    assertThat(halfFiles().of(empty).name()).isEqualTo(half);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vacation.x1.mp4.part",
        "w.mp4.part",
        "v.mp4.jpg",
        "v.jpg.part",
        "v.mp3",
        "v2.mp4.part"
      })
  void areNoneOfAnotherFile(String other) throws Exception {
    Path empty = Files.createFile(folder.resolve("v.mp4"));
    Files.writeString(folder.resolve(other), "half");

    assertThat(halfFiles().of(empty)).isNull();
  }

  @Test
  void mayBeAFolderThatGrowsInside() throws Exception {
    Path empty = Files.createFile(folder.resolve("clip.mp4"));
    Path inside = Files.createDirectory(folder.resolve("clip.mp4.download")).resolve("clip.mp4");
    Files.writeString(inside, "a");
    HalfFiles halfFiles = halfFiles();
    halfFiles.of(empty);
    pass(Duration.ofMillis(200));
    assertThat(halfFiles.of(empty).unchangedFor()).isGreaterThan(Duration.ofMillis(150));

    Files.writeString(inside, "more");
    assertThat(halfFiles.of(empty).unchangedFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"v.mp4.aria2", "v.mp4.lftp-pget-status", "v.mp4.st"})
  void areToldOfByANote(String note) throws Exception {
    Path file = Files.writeString(folder.resolve("v.mp4"), "half");
    assertThat(halfFiles().noteOf(file)).isNull();
    Files.writeString(folder.resolve(note), "42");

    assertThat(halfFiles().noteOf(file).name()).isEqualTo(note);
  }

  @Test
  void keepAnEmptyFileWaitingAsLongAsTheyGrowAndSayWhy() throws Exception {
    LogLines log = mediadrop.log();
    mediadrop.with("mediadrop.drop.incomplete-after", "4s").start();
    Path part = mediadrop.drop().resolve("v.x1Yz.mp4.part");
    Files.writeString(part, "");
    Path empty = Files.createFile(mediadrop.drop().resolve("v.mp4"));
    for (int second = 0; second < 10; second++) {
      Files.writeString(part, "more", StandardOpenOption.APPEND);
      pass(Duration.ofSeconds(1));
    }
    assertThat(mediadrop.drops("FAILED_MOVED")).isZero();
    assertThat(empty).exists();
    List<String> waits = log.all().stream().filter(l -> l.contains("v.mp4 waits")).toList();
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0)).contains("empty", "v.x1Yz.mp4.part");

    MediaFiles.write(folder.resolve("whole.mp4"), 5_000);
    Files.move(folder.resolve("whole.mp4"), empty, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(part);
    mediadrop.awaitFiled(1);
  }

  @Test
  void keepItNoLongerThanAnEmptyFileWaitsOnceTheyDoNotGrow() throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    mediadrop.impatiently().start();
    Files.writeString(mediadrop.drop().resolve("v.mp4.part"), "broken off");
    Files.createFile(mediadrop.drop().resolve("v.mp4"));
    mediadrop.put("got.jpg", 5_000);
    Files.writeString(mediadrop.drop().resolve("got.jpg.aria2"), "broken off");
    mediadrop.awaitFailed(2);

    assertThat(sandbox.uploads()).isEmpty();
    assertThat(Files.readString(reason("got.jpg"))).contains("got.jpg.aria2");
  }

  private Path reason(String name) throws IOException {
    return mediadrop.failed().resolve("default").resolve(name + ".reason.txt");
  }

  private static HalfFiles halfFiles() {
    return new HalfFiles(
        new IgnoredNames("*.part *.crdownload *.opdownload *.filepart *.aria2 *.download"));
  }

  private static void pass(Duration time) {
    Awaitility.await().pollDelay(time).until(() -> true);
  }
}
