package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.media.MediaFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRangeTest {

  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private Path file;
  private byte[] content;

  @BeforeEach
  void writeFile() throws IOException {
    file = MediaFiles.write(folder.resolve("a.mp4"), SIZE);
    content = Files.readAllBytes(file);
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
  void sendsExactlyItsBytesAndTheirMd5() throws Exception {
    FileRange range = new FileRange(file, 1_000, 200_001, "video/mp4");
    byte[] expected = Arrays.copyOfRange(content, 1_000, 201_001);

    assertThat(range.md5()).isNull();
    assertThat(sent(range)).isEqualTo(expected);
    assertThat(range.md5()).isEqualTo(md5(expected));
    assertThat(range.getContentLength()).isEqualTo(expected.length);
    assertThat(range.getContentType()).isEqualTo("video/mp4");
    assertThat(range.getContent().readNBytes(10)).isEqualTo(Arrays.copyOf(expected, 10));
  }

  /** Large ones are hashed in a thread of their own. */
  @Test
  void sendsALargeFileAndItsMd5() throws Exception {
    Path large = MediaFiles.write(folder.resolve("large.mp4"), (20 << 20) + 12_345);
    byte[] expected = Files.readAllBytes(large);
    FileRange range = new FileRange(large, 0, expected.length, "video/mp4");
    assertThatThrownBy(() -> range.writeTo(full(17 << 20))).hasMessage("no more");
    assertThat(range.md5()).isNull();

    assertThat(Arrays.equals(sent(range), expected)).isTrue();
    assertThat(range.md5()).isEqualTo(md5(expected));
  }

  @Test
  void canBeSentAgain() throws Exception {
    FileRange range = new FileRange(file, 0, SIZE, "video/mp4");
    assertThatThrownBy(() -> range.writeTo(full(150_000))).hasMessage("no more");
    assertThat(range.md5()).isNull();

    assertThat(range.isRepeatable()).isTrue();
    assertThat(range.isStreaming()).isFalse();
    assertThat(sent(range)).isEqualTo(content);
    assertThat(sent(range)).isEqualTo(content);
    assertThat(range.md5()).isEqualTo(md5(content));
  }

  /** Takes so many bytes and no more. */
  private static OutputStream full(int bytes) {
    return new OutputStream() {
      private int taken;

      @Override
      public void write(int b) throws IOException {
        if (taken++ == bytes) {
          throw new IOException("no more");
        }
      }
    };
  }

  @Test
  void failsWhereTheFileHasBecomeShorter() throws Exception {
    Files.write(file, Arrays.copyOf(content, SIZE - 7));
    FileRange range = new FileRange(file, 0, SIZE, "video/mp4");

    assertThatThrownBy(() -> sent(range))
        .isInstanceOf(SourceChanged.class)
        .hasMessageContaining("7 bytes early");
    assertThat(range.md5()).isNull();
  }

  @Test
  void sendsOnlyWhatItHasAnnouncedWhereTheFileHasGrown() throws Exception {
    FileRange range = new FileRange(file, 0, SIZE, "video/mp4");
    Files.write(file, new byte[1_000], StandardOpenOption.APPEND);

    assertThat(sent(range)).isEqualTo(content);
  }

  @Test
  void followsNoLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), file);

    assertThatThrownBy(() -> sent(new FileRange(link, 0, SIZE, "video/mp4")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void showsItsProgress() throws Exception {
    FileRange range = new FileRange(file, 0, SIZE, "video/mp4");
    long before = range.progressAt();
    assertThat(range.sent()).isZero();

    sent(range);

    assertThat(range.sent()).isEqualTo(SIZE);
    assertThat(range.progressAt()).isGreaterThan(before);
  }

  @Test
  void mayBeEmpty() throws Exception {
    FileRange range = new FileRange(file, SIZE, 0, "video/mp4");

    assertThat(sent(range)).isEmpty();
    assertThat(range.md5()).isEqualTo(md5(new byte[0]));
  }
}
