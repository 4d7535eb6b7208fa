package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Originals whose writers opened them again while they were sent, and write on in the archive. */
class ChangedAfterFilingTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withFaults(new FaultScript().on(When.route(Route.WHOLE).call(1), new Reopened())));
  private final LogLines log = mediadrop.log();

  @TempDir Path aside;
  private FileChannel writer;
  private byte[] whole;
  private byte[] half;

  /** Opens the file before the API answers, and changes nothing yet. */
  private final class Reopened implements Fault {

    @Override
    public Answer answering(Answer answer, Exchange call) {
      try {
        writer = FileChannel.open(mediadrop.drop().resolve("rec.mp3"), StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answer;
    }
  }

  @BeforeEach
  void fileOneThatIsOpen() throws Exception {
    mediadrop.impatiently().start();
    whole = Files.readAllBytes(MediaFiles.write(aside.resolve("rec.mp3"), 10_000));
    half = Arrays.copyOf(whole, 9_000);
  }

  @AfterEach
  void stop() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private void writeOn() throws IOException {
    writer.write(ByteBuffer.wrap(whole, 9_000, 1_000));
    writer.close();
  }

  private void fileHalf() throws IOException {
    Files.write(mediadrop.drop().resolve("rec.mp3"), half);
    mediadrop.awaitFiled(1);
  }

  @Test
  void areUploadedAsTheFilesThatTheyAreThen() throws Exception {
    fileHalf();
    assertThat(mediadrop.json("rec.mp3.media.json").path("archived").isTextual()).isTrue();
    writeOn();
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).extracting("size").containsExactly(9_000L, 10_000L);
    assertThat(mediadrop.json("/rec.mp3.media.json").path("superseded").asBoolean()).isTrue();
    assertThat(mediadrop.json("/rec.mp3.media.json").path("archived").isNull()).isTrue();
    assertThat(mediadrop.json("/rec~2.mp3.media.json").path("superseded").asBoolean()).isFalse();
    assertThat(Running.filesIn(mediadrop.archive()))
        .anyMatch(file -> file.endsWith("/rec~2.mp3"))
        .noneMatch(file -> file.endsWith("/rec.mp3"));
    assertThat(archived("/rec~2.mp3")).hasBinaryContent(whole);
    assertThat(log.warningsWith("was changed after it was archived")).hasSize(1);
  }

  @Test
  void areUploadedAlsoIfTheyWereChangedBeforeTheyWereLookedAt() throws Exception {
    Files.write(mediadrop.drop().resolve("rec.mp3"), half);
    // comes between the move and the note that it is filed
    Running.patiently()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(1_000))
        .until(
            () ->
                Running.filesIn(mediadrop.archive()).stream()
                    .anyMatch(file -> file.endsWith("rec.mp3.media.json")));
    writeOn();
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).extracting("size").containsExactly(9_000L, 10_000L);
    assertThat(archived("/rec~2.mp3")).hasBinaryContent(whole);
  }

  @Test
  void leaveTheirCompanionsInTheArchive() throws Exception {
    fileHalf();
    Files.writeString(mediadrop.drop().resolve("rec.xmp"), "edits");
    Running.patiently()
        .until(() -> mediadrop.json("/rec.mp3.media.json").path("companions").size() == 1);
    writeOn();
    mediadrop.awaitFiled(2);

    String place =
        mediadrop.json("/rec.mp3.media.json").path("companions").path(0).path("archived").asText();
    assertThat(mediadrop.archive().resolve(place)).hasContent("edits");
    assertThat(mediadrop.json("/rec.mp3.media.json").path("superseded").asBoolean()).isTrue();
    assertThat(mediadrop.json("/rec~2.mp3.media.json").has("companions")).isFalse();
    assertThat(Running.filesIn(mediadrop.drop())).isEmpty();

    Files.writeString(mediadrop.drop().resolve("rec.xmp"), "later edits");
    Running.patiently()
        .until(
            () ->
                Running.filesIn(mediadrop.archive()).stream()
                    .anyMatch(file -> file.endsWith("/rec~2.xmp")));
    assertThat(mediadrop.json("/rec~2.mp3.media.json").path("companions")).hasSize(1);
    assertThat(archived("/rec~2.xmp")).hasContent("later edits");
    assertThat(mediadrop.archive().resolve(place)).hasContent("edits");
  }

  @Test
  void getANumberWhereTheirNameIsTakenByThen() throws Exception {
    fileHalf();
    Path next = MediaFiles.write(aside.resolve("next.jpg"), 20_000, 7);
    try (FileChannel open =
        FileChannel.open(
            mediadrop.drop().resolve("rec.mp3"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      open.write(ByteBuffer.wrap(Files.readAllBytes(next)));
      writeOn();
      Running.patiently()
          .until(() -> log.warningsWith("back in its folder as rec~2.mp3").size() == 1);
    }
    mediadrop.awaitFiled(3);

    assertThat(sandbox.uploads())
        .extracting("size")
        .containsExactlyInAnyOrder(9_000L, 10_000L, 20_000L);
  }

  @Test
  void areNoticedAfterARestartToo() throws Exception {
    fileHalf();
    mediadrop.stop();
    writeOn();
    mediadrop.impatiently().start();
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).extracting("size").containsExactly(9_000L, 10_000L);
    assertThat(mediadrop.json("/rec.mp3.media.json").path("superseded").asBoolean()).isTrue();
  }

  @Test
  void stayWhereTheyAreWhenNothingButTheirTimeChanges() throws Exception {
    fileHalf();
    Files.setLastModifiedTime(archived("/rec.mp3"), FileTime.from(Instant.EPOCH));
    writer.close();
    mediadrop.stop();
    mediadrop.impatiently().start();
    mediadrop.bean("archive", Archive.class).watchOriginals();

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(archived("/rec.mp3")).hasBinaryContent(half);
    assertThat(log.warningsWith("was changed after")).isEmpty();
  }

  @Test
  void areKnownAsTheyWereWhenThatComesAgain() throws Exception {
    fileHalf();
    writeOn();
    mediadrop.awaitFiled(2);
    Files.write(mediadrop.drop().resolve("old.mp3"), half);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);

    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(mediadrop.json("/old.mp3.media.json").path("duplicateOf").isNumber()).isTrue();
  }

  @Test
  void takeTheirSidecarsWithThem() throws Exception {
    Files.writeString(mediadrop.drop().resolve("rec.mp3.meta.json"), "{\"reference\":\"r1\"}");
    fileHalf();
    writeOn();
    mediadrop.awaitFiled(2);

    assertThat(mediadrop.json("/rec~2.mp3.media.json").path("reference").asText()).isEqualTo("r1");
  }

  @Test
  void waitUntilTheirFolderIsThereAgain() throws Exception {
    fileHalf();
    Path away = Files.move(mediadrop.drop(), mediadrop.home().resolve("away"));
    writeOn();
    Running.patiently().until(() -> log.errors().stream().anyMatch(l -> l.contains("not there")));
    assertThat(archived("/rec.mp3")).hasBinaryContent(whole);
    Files.move(away, mediadrop.drop());

    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).extracting("size").containsExactly(9_000L, 10_000L);
  }

  private Path archived(String end) {
    return mediadrop
        .archive()
        .resolve(
            Running.filesIn(mediadrop.archive()).stream()
                .filter(file -> file.endsWith(end))
                .findFirst()
                .orElseThrow());
  }
}
