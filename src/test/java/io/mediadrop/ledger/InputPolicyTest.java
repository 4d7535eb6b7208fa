package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InputPolicyTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  @TempDir Path outside;

  private void start(String incompleteAfter, String accepted) throws Exception {
    mediadrop
        .with("mediadrop.drop.incomplete-after", incompleteAfter)
        .with("mediadrop.accept", accepted)
        .start();
  }

  private String reasonOf(String name) throws IOException {
    return Files.readString(mediadrop.failed().resolve("default/" + name + ".reason.txt"));
  }

  /** A video whose recorder has not written the index yet. */
  private byte[] unfinished() throws IOException {
    byte[] whole = Files.readAllBytes(MediaFiles.write(outside.resolve("whole.mp4"), 50_000));
    return Arrays.copyOf(whole, whole.length - 200);
  }

  @Test
  void letsEmptyAndUnfinishedFilesWaitAndFailWithoutHoldingOthersUp() throws Exception {
    start("2s", "photo, video, gif, audio");
    Files.createFile(mediadrop.drop().resolve("empty.jpg"));
    Files.write(mediadrop.drop().resolve("cut.mp4"), unfinished());
    mediadrop.put("good.jpg", 10_000);

    Running.patiently().until(() -> mediadrop.drops("FILED") == 1);
    assertThat(mediadrop.drops("FAILED_MOVED")).as("failed while others go on").isZero();

    mediadrop.awaitFailed(2);
    assertThat(reasonOf("empty.jpg")).contains("empty file");
    assertThat(reasonOf("cut.mp4")).contains("unfinished recording");
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("good.jpg");
  }

  @Test
  void letsHalfPhotosAnimationsVideosAndSoundsWaitAndFail() throws Exception {
    start("2s", "photo, video, gif, audio");
    List<String> names = List.of("a.jpg", "b.webm", "c.png", "d.gif", "e.webp", "f.heic", "g.m4a");
    for (String name : names) {
      byte[] whole = Files.readAllBytes(MediaFiles.write(outside.resolve(name), 50_000));
      Files.write(mediadrop.drop().resolve(name), Arrays.copyOf(whole, whole.length / 2));
    }

    mediadrop.awaitFailed(names.size());
    assertThat(reasonOf("a.jpg"))
        .contains("unfinished recording or copy: image/jpeg tells where it ends")
        .contains("copy it once more");
    assertThat(sandbox.uploads()).isEmpty();
  }

  @Test
  void uploadsRandomBytesOfAPhotosNameWithOneWarning() throws Exception {
    start("10m", "photo, disagreeing");
    try (LogLines log = new LogLines()) {
      Files.write(mediadrop.drop().resolve("noise.jpg"), noise());
      mediadrop.awaitFiled(1);

      assertThat(log.warningsWith("its content is nothing that is known"))
          .singleElement()
          .asString()
          .contains("noise.jpg is uploaded as image/jpeg", "'disagreeing' in mediadrop.accept");
    }
  }

  @Test
  void saysItOnceOfEachFileThatIsLookedAtAgain() throws Exception {
    sandbox.faults().on(When.route(Route.INIT).calls(1, 2), Faults.unavailable(8));
    start("10m", "photo, disagreeing");
    try (LogLines log = new LogLines()) {
      for (String name : List.of("one.jpg", "two.jpg")) {
        byte[] noise = noise();
        noise[0] = (byte) name.charAt(0);
        Files.write(mediadrop.drop().resolve(name), noise);
      }
      mediadrop.awaitFiled(2);

      assertThat(log.warningsWith("is tried again")).isNotEmpty();
      for (String name : List.of("one.jpg", "two.jpg")) {
        assertThat(log.warningsWith(name + " is uploaded as image/jpeg")).hasSize(1);
      }
    }
  }

  @Test
  void refusesRandomBytesOfAPhotosNameWhereThatIsNotAccepted() throws Exception {
    start("10m", "photo, video, gif, audio");
    for (String name : List.of("a.jpg", "b.mp4", "c.heic", "d.mp3", "e.nef")) {
      Files.write(mediadrop.drop().resolve(name), noise());
    }
    mediadrop.awaitFailed(5);

    assertThat(reasonOf("a.jpg"))
        .contains("Its name says image/jpeg, its content nothing that is known")
        .contains("add 'disagreeing' to mediadrop.accept");
    assertThat(sandbox.uploads()).isEmpty();
  }

  private static byte[] noise() {
    byte[] noise = new byte[50_000];
    new Random(2).nextBytes(noise);
    return noise;
  }

  @Test
  void letsACopyWaitThatHasItsRoomButNoContentYet() throws Exception {
    start("2s", "photo, video, gif, audio, disagreeing");
    Files.write(mediadrop.drop().resolve("zeros.mp4"), new byte[50_000]);
    mediadrop.awaitFailed(1);

    assertThat(reasonOf("zeros.mp4")).contains("there is no content in the file");
    assertThat(sandbox.uploads()).isEmpty();
  }

  @Test
  void uploadsARecordingThatIsFinishedInTheMeantime() throws Exception {
    start("10m", "photo, video, gif, audio");
    byte[] cut = unfinished();
    byte[] whole = Files.readAllBytes(outside.resolve("whole.mp4"));
    Path video = Files.write(mediadrop.drop().resolve("take.mp4"), cut);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);

    byte[] rest = Arrays.copyOfRange(whole, cut.length, whole.length);
    Files.write(video, rest, StandardOpenOption.APPEND);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::size).containsExactly((long) whole.length);
  }

  @Test
  void refusesWhatIsNoMediaUnlessItIsWanted() throws Exception {
    start("10m", "photo, video, gif, audio");
    Files.writeString(mediadrop.drop().resolve("notes.txt"), "no picture at all");
    mediadrop.awaitFailed(1);
    assertThat(reasonOf("notes.txt")).contains("text/plain").contains("mediadrop.accept");
    mediadrop.stop();

    start("10m", "photo, unknown");
    Files.move(
        mediadrop.failed().resolve("default/notes.txt"), mediadrop.drop().resolve("notes.txt"));
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting(Upload::contentType).containsExactly("text/plain");
  }

  @Test
  void saysThatAKindIsNotAmongThoseAccepted() throws Exception {
    start("10m", "video");
    mediadrop.put("a.jpg", 10_000);
    mediadrop.awaitFailed(1);

    assertThat(reasonOf("a.jpg"))
        .contains("image/jpeg, and photo is not among mediadrop.accept")
        .contains("add 'photo'")
        .doesNotContain("no media");
  }

  @Test
  void refusesAFileWhoseNameAndContentDisagreeWhereThatIsNotAccepted() throws Exception {
    start("10m", "photo, video, gif, audio");
    MediaFiles.write(mediadrop.drop().resolve("sound.jpg"), "mp3", 10_000, 1);
    mediadrop.awaitFailed(1);

    assertThat(reasonOf("sound.jpg")).contains("image/jpeg").contains("audio/mpeg");
    assertThat(sandbox.uploads()).isEmpty();
  }
}
