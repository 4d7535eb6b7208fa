package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputPolicyTest {

  @TempDir Path home;
  @TempDir Path outside;
  private Sandbox sandbox;
  private Running running;

  @BeforeEach
  void startSandbox() throws Exception {
    sandbox = Sandbox.start();
  }

  private void start(String incompleteAfter, String accepted) throws Exception {
    running =
        Running.on(home)
            .with("mediadrop.drop.incomplete-after", incompleteAfter)
            .with("mediadrop.accept", accepted)
            .start(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
    sandbox.close();
  }

  private String reasonOf(String name) throws IOException {
    return Files.readString(running.failed().resolve("default/" + name + ".reason.txt"));
  }

  /** A video whose recorder has not written the index yet. */
  private byte[] unfinished() throws IOException {
    byte[] whole = Files.readAllBytes(MediaFiles.write(outside.resolve("whole.mp4"), 50_000));
    return Arrays.copyOf(whole, whole.length - 200);
  }

  @Test
  void letsEmptyAndUnfinishedFilesWaitAndFailWithoutHoldingOthersUp() throws Exception {
    start("2s", "photo, video, gif, audio");
    Files.createFile(running.drop().resolve("empty.jpg"));
    Files.write(running.drop().resolve("cut.mp4"), unfinished());
    MediaFiles.write(running.drop().resolve("good.jpg"), 10_000);

    Running.patiently().until(() -> running.drops("FILED") == 1);
    assertThat(running.drops("FAILED_MOVED")).as("failed while others go on").isZero();

    running.awaitFailed(2);
    assertThat(reasonOf("empty.jpg")).contains("empty file");
    assertThat(reasonOf("cut.mp4")).contains("unfinished recording");
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("good.jpg");
  }

  @Test
  void uploadsARecordingThatIsFinishedInTheMeantime() throws Exception {
    start("10m", "photo, video, gif, audio");
    byte[] cut = unfinished();
    byte[] whole = Files.readAllBytes(outside.resolve("whole.mp4"));
    Path video = Files.write(running.drop().resolve("take.mp4"), cut);
    Running.patiently().until(() -> running.drops("WAITING") == 1);

    byte[] rest = Arrays.copyOfRange(whole, cut.length, whole.length);
    Files.write(video, rest, StandardOpenOption.APPEND);
    running.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::size).containsExactly((long) whole.length);
  }

  @Test
  void refusesWhatIsNoMediaUnlessItIsWanted() throws Exception {
    start("10m", "photo, video, gif, audio");
    Files.writeString(running.drop().resolve("notes.txt"), "no picture at all");
    running.awaitFailed(1);
    assertThat(reasonOf("notes.txt")).contains("text/plain").contains("mediadrop.accept");
    running.close();

    start("10m", "photo, unknown");
    Files.move(running.failed().resolve("default/notes.txt"), running.drop().resolve("notes.txt"));
    running.awaitFiled(1);
    assertThat(sandbox.uploads()).extracting(Upload::contentType).containsExactly("text/plain");
  }

  @Test
  void saysThatAKindIsNotAmongThoseAccepted() throws Exception {
    start("10m", "video");
    MediaFiles.write(running.drop().resolve("a.jpg"), 10_000);
    running.awaitFailed(1);

    assertThat(reasonOf("a.jpg"))
        .contains("image/jpeg, and photo is not among mediadrop.accept")
        .contains("add 'photo'")
        .doesNotContain("no media");
  }

  @Test
  void refusesAFileWhoseNameAndContentDisagreeWhereThatIsNotAccepted() throws Exception {
    start("10m", "photo, video, gif, audio");
    MediaFiles.write(running.drop().resolve("sound.jpg"), "mp3", 10_000, 1);
    running.awaitFailed(1);

    assertThat(reasonOf("sound.jpg")).contains("image/jpeg").contains("audio/mpeg");
    assertThat(sandbox.uploads()).isEmpty();
  }
}
