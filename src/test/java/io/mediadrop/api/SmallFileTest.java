package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.drop.Part;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SmallContent;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.media.MediaLook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo is read once, and sent only as it was when it had settled. */
class SmallFileTest {

  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private Path photo;
  private byte[] content;
  private DroppedFile file;

  @BeforeEach
  void settle() throws IOException {
    photo = MediaFiles.write(folder.resolve("a.jpg"), SIZE);
    content = Files.readAllBytes(photo);
    file = dropped(photo);
  }

  private static DroppedFile dropped(Path path) throws IOException {
    return new DroppedFile(null, path, FileStamp.of(path), Duration.ZERO);
  }

  private FileRange range() {
    return new FileRange(
        new ClaimedFile(file),
        new Part(1, null, 0, SIZE),
        "image/jpeg",
        true,
        null,
        null,
        new Bandwidth(0).share(file));
  }

  private static byte[] sent(FileRange range) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    range.writeTo(out);
    return out.toByteArray();
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void isSentFromWhatWasReadOnceAndMayBeSentAgain() throws Exception {
    file.content().bytes();
    FileRange range = range();
    assertThat(sent(range)).isEqualTo(content);
    assertThat(range.sent()).isEqualTo(SIZE);
    assertThat(range.md5()).isEqualTo(md5(content));
    assertThat(sent(range)).as("the same again").isEqualTo(content);
  }

  /** Whoever would open it again finds nothing. */
  @Test
  void isLookedAtAndHashedFromWhatWasReadOnce() throws Exception {
    byte[] read = file.content().bytes();
    Files.delete(photo);

    assertThat(MediaLook.at(photo, read).type().type()).isEqualTo("image/jpeg");
    assertThat(new Checksums().md5(photo, file.stamp(), file.content())).isEqualTo(md5(content));
  }

  @Test
  void isNotSentOnceSomebodyHasDeletedIt() throws Exception {
    file.content().bytes();
    Files.delete(photo);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> range().writeTo(out)).isInstanceOf(NoSuchFileException.class);
    assertThat(out.size()).isZero();
  }

  @Test
  void isNotSentToItsEndWhereItWasChangedSince() throws Exception {
    file.content().bytes();
    Files.write(photo, new byte[] {1}, StandardOpenOption.APPEND);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> range().writeTo(out)).isInstanceOf(SourceChanged.class);
    assertThat(out.size()).isLessThan(SIZE);
  }

  @Test
  void isNotSentToItsEndWhereAnotherOfItsSizeAndDateHasTakenItsName() throws Exception {
    file.content().bytes();
    Path other = Files.copy(photo, folder.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(other, photo, StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> sent(range())).isInstanceOf(SourceChanged.class);
  }

  @Test
  void isNotReadAsWhatItIsNoLonger() throws Exception {
    Files.write(photo, new byte[] {1}, StandardOpenOption.WRITE);
    assertThat(file.content().bytes()).as("changed").isNull();

    file = dropped(photo);
    Files.write(photo, Arrays.copyOf(content, SIZE - 1));
    assertThat(file.content().bytes()).as("shorter").isNull();
    assertThat(file.content().md5()).isNull();

    file = dropped(photo);
    Files.move(photo, folder.resolve("b"));
    Files.createSymbolicLink(photo, folder.resolve("b"));
    assertThatThrownBy(() -> file.content().bytes()).as("a link").isInstanceOf(IOException.class);
  }

  @Test
  void isNotKeptInMemoryWhereItIsLarge() throws Exception {
    DroppedFile large = dropped(MediaFiles.write(folder.resolve("a.mp4"), SmallContent.MOST + 1));
    assertThat(large.content().bytes()).isNull();

    DroppedFile largest = dropped(MediaFiles.write(folder.resolve("b.mp4"), SmallContent.MOST));
    assertThat(largest.content().bytes()).isEqualTo(Files.readAllBytes(largest.path()));
  }
}
