package io.mediadrop.media;

import static io.mediadrop.media.IsoBox.bytes;
import static io.mediadrop.media.IsoBox.ftyp;
import static io.mediadrop.media.IsoBox.join;
import static io.mediadrop.media.IsoBox.moov;
import static io.mediadrop.media.IsoBox.startOfMdat;
import static io.mediadrop.media.IsoBox.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a half file, and what only looks like one. */
@Timeout(30)
class UnfinishedMediaTest {

  /** A box whose length follows its name, in 64 bits. */
  private static final int LARGE = 1;

  private static final byte[] CONTENT = join(startOfMdat(1008), new byte[1000]);

  @TempDir Path folder;

  @Test
  void isNoPhotoWithTheEndOfItsThumbnailAlone() throws IOException {
    byte[] photo = MediaSamples.bytes("photo.jpg");
    byte[] thumbnail = MediaSamples.bytes("progressive.jpg");
    byte[] tag = join(new byte[] {(byte) 0xff, (byte) 0xe1}, length(thumbnail.length + 2));
    byte[] whole = join(Arrays.copyOf(photo, 2), tag, thumbnail, Arrays.copyOfRange(photo, 2, 355));

    assertThat(isWhole("a.jpg", whole)).isTrue();
    assertThat(isWhole("a.jpg", Arrays.copyOf(whole, 6 + thumbnail.length))).isFalse();
    assertThat(isWhole("a.jpg", Arrays.copyOf(whole, whole.length / 2))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 32_768})
  void isWholeWithItsFurtherPicturesAndFilmsOnly(int padding) throws IOException {
    byte[] photo = MediaSamples.bytes("photo.jpg");
    for (String more : new String[] {"progressive.jpg", "movie.mp4", "faststart.mp4"}) {
      byte[] second = MediaSamples.bytes(more);
      byte[] whole = join(photo, new byte[padding], second);

      assertThat(isWhole("a.jpg", whole)).as(more).isTrue();
      assertThat(isWhole("a.jpg", Arrays.copyOf(whole, whole.length - second.length / 2)))
          .as("half of %s", more)
          .isFalse();
    }
  }

  @Test
  void isNoPhotoWhoseSecondHalfIsZeros() throws IOException {
    byte[] photo = Files.readAllBytes(MediaFiles.write(folder.resolve("a.jpg"), 100_000));
    Arrays.fill(photo, 50_000, photo.length, (byte) 0);

    assertThat(isWhole("a.jpg", photo)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "faststart.mp4",
        "fragments.mp4",
        "photo.heic",
        "movie.mkv",
        "movie.webm",
        "live.webm",
        "movie.avi",
        "movie.ts",
        "movie.mpg",
        "movie.ogv",
        "sound.flac",
        "sound.aac",
        "sound.ac3"
      })
  void isSeenWhereZerosStandForItsSecondHalf(String name) throws IOException {
    byte[] half = MediaSamples.bytes(name);
    Arrays.fill(half, half.length / 2, half.length, (byte) 0);

    assertThat(isWhole(name, half)).isFalse();
  }

  /** Sound behind the silence, a chunk behind the sound, and plain sound that ends in silence. */
  @Test
  void isNotSeenInSilenceButWhereAPieceOfTheFileIsMissing() throws IOException {
    byte[] silence = new byte[100_000];
    byte[] format = HexFormat.of().parseHex("100000000100020044ac000010b1020004001000");
    byte[] more = join(text("LIST"), little(96), text("INFOICMT"), little(84), filled(84));
    byte[] sound = join(text("WAVEfmt "), format, text("data"), little(silence.length), silence);
    byte[] plain = join(text("RIFF"), little(sound.length), sound);
    byte[] told = join(text("RIFF"), little(sound.length + more.length), sound, more);

    assertThat(isWhole("a.wav", plain)).isTrue();
    assertThat(isWhole("a.wav", told)).isTrue();
    Arrays.fill(told, told.length - more.length, told.length, (byte) 0);
    assertThat(isWhole("a.wav", told)).isFalse();
  }

  private static byte[] little(int number) {
    return bytes(Integer.reverseBytes(number));
  }

  private static byte[] filled(int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) 'x');
    return filled;
  }

  @Test
  void isWholeWithContentAndIndexWhateverFollows() throws IOException {
    byte[] movie = join(ftyp("isom"), CONTENT, moov("vide"));
    byte[] boxOfNobody = join(bytes(5_000_000), text("frea"), new byte[100]);
    byte[] halfBox = bytes(7);

    for (byte[] more :
        new byte[][] {text("TAG".repeat(42)), boxOfNobody, halfBox, bytes(0), text("\n")}) {
      assertThat(isWhole("a.mp4", join(movie, more))).isTrue();
      assertThat(isWhole("a.mov", join(movie, more))).isTrue();
    }
  }

  @Test
  void isNoMovieWithoutItsLastContentOrItsIndex() throws IOException {
    byte[] cut = join(startOfMdat(1000), new byte[500]);

    assertThat(isWhole("a.mp4", join(ftyp("isom"), moov("vide")))).isFalse();
    assertThat(isWhole("a.mp4", join(ftyp("isom"), CONTENT))).isFalse();
    assertThat(isWhole("a.mp4", join(ftyp("isom"), moov("vide"), cut))).isFalse();
    assertThat(isWhole("a.mp4", join(ftyp("isom"), moov("vide"), CONTENT, cut))).isFalse();
    assertThat(isWhole("a.m4a", join(ftyp("M4A "), moov("soun"), cut))).isFalse();
    assertThat(isWhole("a.cr3", join(ftyp("crx "), moov("vide"), cut))).isFalse();
    assertThat(isWhole("a.heic", join(ftyp("heic"), IsoBox.meta(), cut))).isFalse();
    assertThat(isWhole("a.heic", join(ftyp("heic"), IsoBox.meta()))).isFalse();
  }

  @Test
  void isAMovieWhoseContentReachesToTheEndOrBeginsWithoutABrand() throws IOException {
    byte[] toTheEnd = join(bytes(0), text("mdat"), new byte[500]);
    byte[] wide = join(bytes(8), text("wide"));

    assertThat(isWhole("a.mp4", join(ftyp("isom"), moov("vide"), toTheEnd))).isTrue();
    assertThat(isWhole("a.mov", join(wide, CONTENT, moov("vide")))).isTrue();
    assertThat(isWhole("a.mov", join(wide, CONTENT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {100, 1L << 32, Long.MAX_VALUE - 100, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 15})
  void isNoMovieWhereABoxHasALengthThatCannotBe(long length) throws IOException {
    byte[] mdat =
        join(bytes(LARGE), text("mdat"), bytes((int) (length >> 32), (int) length), new byte[9]);

    assertThat(isWhole("a.mp4", join(ftyp("isom"), mdat))).isFalse();
    assertThat(isWhole("a.mp4", join(ftyp("isom"), moov("vide"), mdat))).isFalse();
  }

  @Test
  void isSoundWhereALengthInTheHeadIsWrongButItsChunksFillTheFile() throws IOException {
    byte[] sound = MediaSamples.bytes("sound.wav");
    sound[4] += 8; // the length of the whole file, as some programs write

    assertThat(isWhole("a.wav", sound)).isTrue();
    assertThat(isWhole("a.wav", Arrays.copyOf(sound, sound.length - 100))).isFalse();
  }

  @Test
  void isSoundThatWasCutBetweenTwoFrames() throws IOException {
    byte[] sound = MediaSamples.bytes("sound.mp3");
    int last = sound.length - 1;
    while ((sound[last] & 0xff) != 0xff || (sound[last + 1] & 0xfa) != 0xfa) {
      last--;
    }

    assertThat(isWhole("a.mp3", Arrays.copyOf(sound, last))).isTrue();
    assertThat(isWhole("a.mp3", Arrays.copyOf(sound, last - 7))).isFalse();
    byte[] tag = Arrays.copyOf(text("TAGTitle"), 128);
    assertThat(isWhole("a.mp3", join(Arrays.copyOf(sound, last), tag))).isTrue();
  }

  @Test
  void isNoSoundWithPartOfTheTagInFrontAlone() throws IOException {
    byte[] tag = join(text("ID3"), HexFormat.of().parseHex("04000000004000"), new byte[8_192]);

    for (String sound : new String[] {"sound.mp3", "stream.mp3", "sound.aac", "sound.flac"}) {
      byte[] whole = join(tag, MediaSamples.bytes(sound));
      assertThat(isWhole(sound, whole)).as(sound).isTrue();
      assertThat(isWhole(sound, Arrays.copyOf(whole, 4_000))).as(sound).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.nef, 49492a00, image/x-nikon-nef",
    "a.ARW, 49492a00, image/x-sony-arw",
    "a.pef, 49492a00, image/x-pentax-pef",
    "a.orf, 4949524f, image/x-olympus-orf",
    "a.rw2, 49495500, image/x-panasonic-rw2",
    "a.dng, 49492a00, image/x-adobe-dng",
  })
  void isARawPhotoWithAllItsDataOnly(String name, String start, String type) throws IOException {
    byte[] whole = MediaSamples.bytes("picture.tif");
    System.arraycopy(HexFormat.of().parseHex(start), 0, whole, 0, 4);

    assertThat(isWhole(name, whole)).isTrue();
    assertThat(MediaLook.at(folder.resolve(name)).type().type()).isEqualTo(type);
    assertThat(isWhole(name, Arrays.copyOf(whole, whole.length - 20))).isFalse();
  }

  @Test
  void isARawPhotoOfFujiWithAllThreeParts() throws IOException {
    byte[] head = Arrays.copyOf(text("FUJIFILMCCD-RAW 0201FF"), 84);
    byte[] parts = bytes(108, 100, 208, 50, 258, 1000);
    byte[] whole = join(head, parts, new byte[1150]);

    assertThat(isWhole("a.raf", whole)).isTrue();
    assertThat(isWhole("a.raf", Arrays.copyOf(whole, whole.length - 1))).isFalse();
  }

  @Test
  void isSeenInAVideoOf60GigabytesAtOnce() throws IOException {
    Path huge = folder.resolve("huge.mp4");
    long length = 60L << 30;
    byte[] start = join(ftyp("isom"), startOfMdat(length));
    Files.write(huge, start);
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.seek(length + ftyp("isom").length);
      file.write(moov("vide"));
    }
    long before = System.nanoTime();

    assertThat(MediaLook.at(huge).whole()).isTrue();
    assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
  }

  private static byte[] length(int length) {
    return new byte[] {(byte) (length >> 8), (byte) length};
  }

  private boolean isWhole(String name, byte[] content) throws IOException {
    return MediaLook.at(Files.write(folder.resolve(name), content)).whole();
  }
}
