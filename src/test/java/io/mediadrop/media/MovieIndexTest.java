package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class MovieIndexTest {

  /** A box whose length follows its name, in 64 bits. */
  private static final int LARGE = 1;

  @TempDir Path folder;

  @Test
  void isThereInAWholeFile() throws IOException {
    assertThat(isComplete(IsoBox.ftyp("isom"), IsoBox.moov("vide"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1L << 32, Long.MAX_VALUE - 100, Long.MAX_VALUE})
  void isMissingWhereABoxIsLongerThanTheFile(long length) throws IOException {
    byte[] mdat = IsoBox.join(IsoBox.bytes(LARGE), IsoBox.text("mdat"), large(length));

    assertThat(isComplete(IsoBox.ftyp("isom"), mdat)).isFalse();
    assertThat(isComplete(IsoBox.ftyp("isom"), IsoBox.moov("vide"), mdat)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 7, 8, 15})
  void isLookedForToAnEndWhereABoxIsShorterThanItsHeader(long length) throws IOException {
    byte[] mdat = IsoBox.join(IsoBox.bytes(LARGE), IsoBox.text("mdat"), large(length));

    assertThat(isComplete(IsoBox.ftyp("isom"), mdat)).isFalse();
  }

  private static byte[] large(long length) {
    return IsoBox.bytes((int) (length >> 32), (int) length);
  }

  private boolean isComplete(byte[]... boxes) throws IOException {
    return MovieIndex.isComplete(Files.write(folder.resolve("a.mp4"), IsoBox.join(boxes)));
  }
}
