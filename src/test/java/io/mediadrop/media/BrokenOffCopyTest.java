package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of many kinds, whole, cut off anywhere, and with something behind their end. */
class BrokenOffCopyTest {

  @TempDir Path folder;

  static List<Path> all() throws IOException {
    return MediaSamples.all();
  }

  static List<Path> thatTellTheirEnd() throws IOException {
    return MediaSamples.thatTellTheirEnd();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNotSeenInAWholeFile(Path sample) throws IOException {
    MediaLook look = MediaLook.at(sample);

    assertThat(look.whole()).isTrue();
    assertThat(look.type().isMedia()).isTrue();
    assertThat(look.type().agree()).isTrue();
    assertThat(look.type().isConfirmed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("thatTellTheirEnd")
  void isSeenWhereverItWasBrokenOff(Path sample) throws IOException {
    byte[] whole = Files.readAllBytes(sample);

    for (int n = 1; n < 13; n++) {
      int length = whole.length * n / 13;
      assertThat(isWhole(sample, Arrays.copyOf(whole, length)))
          .as("%d of %d bytes", length, whole.length)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("thatTellTheirEnd")
  void isSeenWhereTheCopyGotItsRoomAtOnce(Path sample) throws IOException {
    assertThat(isWhole(sample, new byte[100_000])).isFalse();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNotSeenInWhatOthersPutBehindAFile(Path sample) throws IOException {
    byte[] whole = Files.readAllBytes(sample);

    for (byte[] more : trailers()) {
      assertThat(isWhole(sample, IsoBox.join(whole, more))).as("%d more", more.length).isTrue();
    }
  }

  /** A tag, padding, text, a camera's own data. */
  private static List<byte[]> trailers() {
    byte[] tag = Arrays.copyOf("TAGTitle".getBytes(StandardCharsets.ISO_8859_1), 128);
    byte[] text = "\nUploaded by a program of somebody's\n".getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[5_000];
    new Random(7).nextBytes(data);
    return Stream.of(tag, new byte[64], text, data).toList();
  }

  @Test
  void isSeenInFewerBytesThanAnyMediaHas() throws IOException {
    assertThat(isWhole(Path.of("a.jpg"), new byte[] {1, 2, 3, 4, 5})).isFalse();
  }

  private boolean isWhole(Path name, byte[] content) throws IOException {
    return MediaLook.at(Files.write(folder.resolve(name.getFileName()), content)).whole();
  }
}
