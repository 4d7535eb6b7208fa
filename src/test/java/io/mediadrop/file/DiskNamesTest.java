package io.mediadrop.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.PickyDisk;
import io.mediadrop.archive.PickyDisk.Manner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names on disks that do not take all of them. */
class DiskNamesTest {

  private static final String DAY = "default/2026/11/29/";

  @TempDir Path folder;

  /** Whatever is tried, nothing of it stays. */
  @AfterEach
  void nothingIsLeft() {
    assertThat(folder).isEmptyDirectory();
  }

  private String taken(Manner manner, String path) {
    return DiskNames.taken(PickyDisk.over(folder, manner), DAY + path).substring(DAY.length());
  }

  @ParameterizedTest
  @EnumSource(names = {"INVALID_ARGUMENT", "NO_SUCH_FILE", "NO_PATH", "CHANGED"})
  void areReplacedWhereAColonIsRefusedInWhateverWords(Manner manner) {
    assertThat(taken(manner, "shot 10:00:00.jpg")).isEqualTo("shot 10_00_00.jpg");
    assertThat(taken(manner, "day: 1/IMG_1.jpg")).isEqualTo("day_ 1/IMG_1.jpg");
    assertThat(taken(manner, "plain.jpg")).isEqualTo("plain.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "what?.jpg, what_.jpg",
    "a*b.jpg, a_b.jpg",
    "a<b>|c.jpg, a_b__c.jpg",
    "a\\b.jpg, a_b.jpg",
    "CON.jpg, CON_.jpg",
    "CON, CON_",
    "'ends. ', 'ends__'",
    "'trip. /a.jpg', 'trip__/a.jpg'",
    "'a \"quoted\".jpg', 'a _quoted_.jpg'"
  })
  void areReplacedOnADiskOfWindows(String name, String as) {
    assertThat(taken(Manner.INVALID_ARGUMENT, name)).isEqualTo(as);
  }

  @Test
  void areReplacedWhereAShareCutsWhatIsAtTheirEnd() {
    assertThat(taken(Manner.CHANGED, "trip./a.jpg ")).isEqualTo("trip_/a.jpg_");
  }

  @Test
  void areShortWhereLongOnesAreRefusedTogetherWithWhatIsDerivedFromThem() {
    for (String name :
        List.of("x".repeat(251) + ".jpg", "é".repeat(80) + ".jpg", "x".repeat(130) + ".jpg")) {
      String taken = taken(Manner.TOO_LONG, name);
      assertThat(taken).startsWith(name.substring(0, 20)).contains("~").endsWith(".jpg");
      assertThat(FileNames.item(taken, "preview-option-10").getBytes(UTF_8).length).isLessThan(143);
    }
    assertThat(taken(Manner.TOO_LONG, "x".repeat(90) + ".jpg")).doesNotContain("~");
  }

  @Test
  void areOfPlainLettersWhereOthersAreRefused() {
    assertThat(taken(Manner.ASCII, "日本.jpg")).matches("__~[0-9a-f]{10}\\.jpg");
  }

  @ParameterizedTest
  @CsvSource({"shot 10:00:00.jpg", "日本 😀.jpg", "CON.jpg", "'a .'"})
  void stayAsTheyAreWhereTheDiskTakesThem(String name) {
    assertThat(DiskNames.taken(folder, DAY + name)).isEqualTo(DAY + name);
  }

  @Test
  void stayAsTheyAreWhereTheDiskTakesNothingAtAll() {
    assertThat(taken(Manner.NOTHING, "shot 10:00:00.jpg")).isEqualTo("shot 10:00:00.jpg");
  }
}
