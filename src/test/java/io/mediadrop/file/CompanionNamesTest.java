package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which file a companion is about, and what it is called beside it. */
class CompanionNamesTest {

  @ParameterizedTest
  @CsvSource({
    "IMG_1.AAE, IMG_1.HEIC",
    "IMG_1.xmp, IMG_1.CR3",
    "IMG_1.CR3.xmp, IMG_1.CR3",
    "IMG_E0001.AAE, IMG_0001.HEIC",
    "IMG_O0001.AAE, IMG_0001.JPG",
    "IMG_E0001.AAE, IMG_E0001.HEIC",
    "C0001M01.XML, C0001.MP4",
    "a.b.srt, a.b.mp4",
    "IMG_1.jpg.supplemental-metadata.json, IMG_1.jpg",
    "IMG_1.jpg.supplemental-metad.json, IMG_1.jpg",
    "IMG_1.HEIC.suppl.json, IMG_1.HEIC",
    "IMG_1.jpg.s.json, IMG_1.jpg",
    "IMG_1.jpg..json, IMG_1.jpg",
    "IMG_1.gif.json, IMG_1.gif",
    "IMG_1.jpg.supplemental-metadata(1).json, IMG_1(1).jpg",
    "IMG_1.jpg.supple(12).json, IMG_1(12).jpg",
    "IMG_1.jpg(1).json, IMG_1(1).jpg",
    "IMG_1(1).jpg.supplemental-metadata.json, IMG_1(1).jpg",
    "IMG_1.thm, IMG_1.MP4"
  })
  void isOfThisFile(String companion, String media) {
    assertThat(CompanionNames.isOf(companion, media)).isTrue();
    assertThat(CompanionNames.mates(companion))
        .anyMatch(mate -> mate.equals(media) || mate.equals(CompanionNames.withoutEnding(media)));
  }

  @ParameterizedTest
  @CsvSource({
    "1234567890123456789012345678901234567890123456.json",
    "IMG_1.jpg.supplemental-met.json",
    "IMG_1.JPG.json",
    "IMG_1.webm(3).json"
  })
  void isOneInWhateverSpellingOfTakeout(String name) {
    assertThat(names("*.supplemental-metadata.json").isCompanion(name)).isTrue();
    assertThat(names("none").isCompanion(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a.json", "notes(1).json", "IMG_1.s.json", "IMG_1.jpg.suppl", "package-lock.json"})
  void isNotOneBecauseItIsJson(String name) {
    assertThat(names("*.supplemental-metadata.json").isCompanion(name)).isFalse();
  }

  private static CompanionNames names(String patterns) {
    return new CompanionNames(patterns);
  }

  @Test
  void isOfAFileWhoseNameWasTooLongForIt() {
    String media = "a name that is longer than what is left of it there.jpg";
    String companion = media.substring(0, 46) + ".json";

    assertThat(CompanionNames.isOf(companion, media)).isTrue();
    assertThat(CompanionNames.mates(companion)).anyMatch(media::startsWith);
    assertThat(CompanionNames.isOf(companion, "another.jpg")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "IMG_1.jpg.supplemental-metadata(1).json, IMG_1.jpg",
    "IMG_1.AAE, IMG_10.HEIC",
    "IMG_1.AAE, IMG_1~2.HEIC",
    "IMG_1.CR3.xmp, IMG_1.jpg",
    "trip.2026.xmp, trip.jpg",
    "IMG_EX01.AAE, IMG_X01.jpg"
  })
  void isNotOfThisFile(String companion, String media) {
    assertThat(CompanionNames.isOf(companion, media)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "l/IMG_1.jpg, IMG_1.jpg, IMG_1.xmp, l/IMG_1.xmp",
    "l/IMG_1~2.jpg, IMG_1.jpg, IMG_1.xmp, l/IMG_1~2.xmp",
    "l/IMG_1~2.jpg, IMG_1.jpg, IMG_1.jpg.xmp, l/IMG_1~2.jpg.xmp",
    "l/IMG_0001~2.jpg, IMG_0001.jpg, IMG_E0001.AAE, l/IMG_E0001.AAE"
  })
  void getsTheNumberOfItsFile(String place, String media, String companion, String wanted) {
    assertThat(FileNames.companion(place, media, companion)).isEqualTo(wanted);
  }

  @Test
  void isShortEnoughBesideALongName() {
    String media = "ü".repeat(125) + ".jpg";
    String companion =
        FileNames.companion("l/" + media, media, media + ".supplemental-metadata.json");

    assertThat(companion).endsWith(".supplemental-metadata.json");
    assertThat(companion.substring(2).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(255);
  }
}
