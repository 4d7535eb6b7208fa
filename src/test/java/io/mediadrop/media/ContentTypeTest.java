package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jpg, image/jpeg, PHOTO",
    "jpeg, image/jpeg, PHOTO",
    "JPG, image/jpeg, PHOTO",
    "png, image/png, PHOTO",
    "gif, image/gif, GIF",
    "webp, image/webp, PHOTO",
    "heic, image/heic, PHOTO",
    "mp4, video/mp4, VIDEO",
    "MOV, video/quicktime, VIDEO",
    "webm, video/webm, VIDEO",
    "mp3, audio/mpeg, AUDIO",
    "m4a, audio/mp4, AUDIO",
  })
  void isToldByNameAndBytesAlike(String extension, String type, MediaKind kind) throws IOException {
    Path file = MediaFiles.write(folder.resolve("file." + extension), 100_000);

    assertThat(ContentType.of(file)).isEqualTo(new ContentType(type, type, type));
    assertThat(ContentType.of(file).kind()).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "beach.jpg, image/jpeg",
    "wave.gif, image/gif",
    "clip.mp4, video/mp4",
  })
  void isToldForTheSamples(String name, String type) throws IOException {
    Path sample = Path.of("src/main/resources/samples").resolve(name);

    assertThat(ContentType.of(sample)).isEqualTo(new ContentType(type, type, type));
  }

  @ParameterizedTest
  @CsvSource({
    "heif, 00000014667479706d69663100000000, image/heif",
    "heif, 00000018667479706d69663100000000 6d69663168656963, image/heic",
    "avif, 0000001c667479706d69663100000000 6d696631 61766966, image/avif",
    "avif, 00000014667479706176696600000000, image/avif",
    "mp4, 00000014667479704d34562000000000, video/mp4",
    "3gp, 00000014667479703367703500000000, video/3gpp",
    "mov, 0000000877696465 0000ffff6d646174, video/quicktime",
    "mkv, 1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b61, video/x-matroska",
    "mp3, 49443304000000000000 0000000000000000, audio/mpeg",
    "mp3, fffb9064 0000000000000000, audio/mpeg",
    "aac, fff15080 0000000000000000, audio/aac",
    "wav, 52494646 24000000 57415645 666d7420, audio/wav",
    "flac, 664c6143 00000022 0000000000000000, audio/flac",
    "ogg, 4f676753 0002 000000000000 01766f72626973, audio/ogg",
    "ogv, 4f676753 0002 000000000000 807468656f7261, video/ogg",
    "avi, 52494646 24000000 41564920 4c495354, video/x-msvideo",
    "bmp, 424d 3600000000000000360000002800000001000000010000000100180000000000, image/bmp",
  })
  void isToldByTheFirstBytesWithoutAName(String usual, String bytes, String type)
      throws IOException {
    assertThat(ContentType.of(file("unnamed", bytes)).type()).isEqualTo(type);
    assertThat(ContentType.of(file("file." + usual, bytes)).agree()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a.jpg, image/jpeg",
    "A.PNG, image/png",
    "a.heif, image/heif",
    "a.avif, image/avif",
    "a.wav, audio/wav",
    "a.aac, audio/aac",
    "a.ogg, audio/ogg",
    "a.opus, audio/ogg",
    "a.avi, video/x-msvideo",
    "a.tar.mp4, video/mp4",
    "a.txt, text/plain",
    "mp4, application/octet-stream",
    "a.unheard-of, application/octet-stream",
    "a., application/octet-stream",
  })
  void isToldByTheNameOfAnEmptyFile(String name, String type) throws IOException {
    assertThat(ContentType.of(file(name, "")))
        .isEqualTo(new ContentType(type, type, ContentType.UNKNOWN));
  }

  @Test
  void isToldByTheNameWhenTheBytesSayNothing() throws IOException {
    var noise = ContentType.of(file("a.mp4", "00ff01fe02fd03fc04fb05fa06f907f8"));

    assertThat(noise.type()).isEqualTo("video/mp4");
    assertThat(noise.byMagic()).isEqualTo(ContentType.UNKNOWN);
    assertThat(noise.agree()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, jpg, video/mp4",
    "gif, jpg, image/gif",
    "jpg, mp3, image/jpeg",
    "png, zip, image/png",
  })
  void isThatOfTheBytesWhenTheNameIsOfAnotherKind(String bytes, String name, String type) {
    var told = written(bytes, "file." + name);

    assertThat(told.type()).isEqualTo(type);
    assertThat(told.agree()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"png, jpg, image/png", "mov, mp4, video/quicktime", "heic, jpg, image/heic"})
  void isThatOfTheBytesWhenTheNameIsOfTheSameKind(String bytes, String name, String type) {
    var told = written(bytes, "file." + name);

    assertThat(told.type()).isEqualTo(type);
    assertThat(told.agree()).isTrue();
  }

  @Test
  void isAudioWhenTheNameSaysSoOfAContainer() {
    var told = written("mp4", "song.m4a");

    assertThat(told).isEqualTo(new ContentType("audio/mp4", "audio/mp4", "video/mp4"));
    assertThat(told.agree()).isTrue();
  }

  @Test
  void isNoMediaForAPageSavedAsAPicture() throws IOException {
    Path page = folder.resolve("picture.jpg");
    Files.writeString(page, "<!DOCTYPE html><html><body>Not found</body></html>");

    assertThat(ContentType.of(page).isMedia()).isFalse();
    assertThat(ContentType.of(page).agree()).isFalse();
  }

  static Stream<Arguments> names() {
    return Arrays.stream(Format.values())
        .flatMap(format -> format.extensions().stream().map(name -> arguments(name, format)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isToldByEachNameOfAKindInAnyCase(String extension, Format format) {
    assertThat(TypeByName.of("Holiday.2026." + extension)).isEqualTo(format.type());
    assertThat(TypeByName.of("A." + extension.toUpperCase(Locale.ROOT))).isEqualTo(format.type());
    assertThat(MediaKind.of(format.type())).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "ts, movie.ts, video/mp2t",
    "TS, movie.ts, video/mp2t",
    "tod, movie.ts, video/mp2t",
    "mts, movie.ts, video/mp2t",
    "ts, movie.m2ts, video/mp2t",
    "mod, movie.mpg, video/mpeg",
    "dat, movie.mpg, video/mpeg",
    "vob, movie.mpg, video/mpeg",
    "insp, photo.jpg, image/jpeg",
    "insv, movie.mp4, video/mp4",
    "lrv, movie.mp4, video/mp4",
    "360, movie.mp4, video/mp4",
    "wma, movie.wmv, audio/x-ms-wma",
    "none, movie.mxf, application/mxf",
    "none, sound.caf, audio/x-caf",
  })
  void isToldByContentUnderWhatRecordersCallIt(String extension, String sample, String type)
      throws IOException {
    Path file = Files.write(folder.resolve("00001." + extension), MediaSamples.bytes(sample));

    assertThat(ContentType.of(file).type()).isEqualTo(type);
    assertThat(ContentType.of(file).isMedia()).isTrue();
    assertThat(ContentType.of(file).agree()).isTrue();
  }

  @Test
  void isToldOfAStreamThatBeginsAmidAPacket() throws IOException {
    byte[] stream = MediaSamples.bytes("movie.ts");
    Path file = folder.resolve("recorded.ts");
    Files.write(file, Arrays.copyOfRange(stream, 100, stream.length));

    assertThat(ContentType.of(file).type()).isEqualTo("video/mp2t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "mts", "mod", "tod", "dat"})
  void isNoVideoForATextOrAnythingElseOfThatName(String extension) throws IOException {
    Path file = folder.resolve("main." + extension);
    Files.writeString(
        file, "import { Gallery } from './gallery';\nexport const G = new Gallery();\n");
    assertThat(ContentType.of(file).isMedia()).isFalse();

    Files.write(file, HexFormat.of().parseHex("9f3c00ff01fe02fd03fc04fb05fa06f907f8"));
    assertThat(ContentType.of(file).isMedia()).isEqualTo(extension.equals("mts"));
  }

  @Test
  void isNotMistakenForAMovieInATextThatSaysFree() throws IOException {
    Path text = folder.resolve("notes");
    Files.writeString(text, "I'm free on Monday, and I will bring the photos along.");

    assertThat(ContentType.of(text).isMedia()).isFalse();
  }

  @Test
  void isThatOfTheSoundBehindATagWithALargeCover() throws IOException {
    byte[] tag = IsoBox.join(IsoBox.text("ID3"), HexFormat.of().parseHex("04000000032000"));
    byte[] cover = new byte[(3 << 14) + (0x20 << 7)];
    for (String sound : new String[] {"sound.mp3", "sound.aac", "sound.flac"}) {
      Path file = folder.resolve(sound);
      Files.write(file, IsoBox.join(tag, cover, MediaSamples.bytes(sound)));

      assertThat(ContentType.of(file).byMagic()).isEqualTo(TypeByName.of(sound));
    }
  }

  @Test
  void isNotMistakenForSoundInATextWithAByteOrderMark() throws IOException {
    Path text = folder.resolve("notes.txt");
    Files.write(text, "\ufeffnotes of the day".getBytes(StandardCharsets.UTF_16LE));

    assertThat(ContentType.of(text).isMedia()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:X}.jpg",
        "{{mediadrop.home}}.jpg",
        "two\nlines.jpg",
        "\u202egpj.exe.jpg",
        "\ud83c\udfd6.jpg",
        "what?is#this.jpg",
        "%2e%2e%2f.jpg",
        ".jpg",
      })
  void isToldForAnyName(String name) {
    assertThat(written("jpg", name))
        .isEqualTo(new ContentType("image/jpeg", "image/jpeg", "image/jpeg"));
    assertThat(TypeByName.of(name)).isEqualTo("image/jpeg");
  }

  @Test
  void isToldForTheLongestName() {
    assertThat(written("jpg", "n".repeat(251) + ".jpg").byName()).isEqualTo("image/jpeg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.${env:X}", "a.j\npg", "a.\ud83c\udfd6", "a.b/c", "a.%", "a.?"})
  void isUnknownForAnExtensionThatIsNone(String name) {
    assertThat(TypeByName.of(name)).isEqualTo(ContentType.UNKNOWN);
  }

  private ContentType written(String bytes, String name) {
    try {
      return ContentType.of(MediaFiles.write(folder.resolve(name), bytes, 10_000, 1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(String name, String bytes) throws IOException {
    return Files.write(folder.resolve(name), HexFormat.of().parseHex(bytes.replace(" ", "")));
  }
}
