package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"jpg", "jpeg", "png", "gif", "webp", "heic", "mp4", "mov", "webm", "mp3", "m4a"})
  void haveTheSizeAskedForFromOneByteUp(String extension) throws IOException {
    Path file = folder.resolve("file." + extension);
    long whole = MediaFiles.smallest(extension);
    long[] sizes = {1, 2, 11, whole - 1, whole, whole + 1, whole + 253, 1000, 65_537, 3_000_000};

    for (long size : sizes) {
      assertThat(MediaFiles.write(file, size)).hasSize(size);
    }
  }

  @Test
  void areTheSameForTheSameSeedOnly() throws IOException {
    Path one = MediaFiles.write(folder.resolve("one.mp4"), 5000, 1);
    Path same = MediaFiles.write(folder.resolve("same.mp4"), 5000, 1);
    Path other = MediaFiles.write(folder.resolve("other.mp4"), 5000, 2);

    assertThat(one).hasSameBinaryContentAs(same);
    assertThat(Files.mismatch(one, other)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void arePicturesThatADecoderReads(String extension) throws IOException {
    Path file = MediaFiles.write(folder.resolve("file." + extension), 100_001);

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "m4a"})
  void haveTheirIndexAtTheEnd(String extension) throws IOException {
    Path file = MediaFiles.write(folder.resolve("file." + extension), 100_001);

    assertThat(boxes(file)).containsExactly("ftyp", "mdat", "moov");
  }

  @Test
  void areCutOffInTheMiddleOfABoxWhenTooSmall() {
    Path file = MediaFiles.write(folder.resolve("file.mp4"), MediaFiles.smallest("mp4") - 1);

    assertThat(file).content(StandardCharsets.ISO_8859_1).contains("ftypisom", "mdat");
  }

  /** The outermost boxes, which must fill the file exactly. */
  private static List<String> boxes(Path file) throws IOException {
    var boxes = new ArrayList<String>();
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    while (bytes.hasRemaining()) {
      int length = bytes.getInt(bytes.position());
      boxes.add(new String(bytes.array(), bytes.position() + 4, 4, StandardCharsets.ISO_8859_1));
      bytes.position(bytes.position() + length);
    }
    return boxes;
  }
}
