package io.mediadrop.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamesTest {

  private static final List<String> ALPHABET =
      List.of(
          "a",
          "B",
          "ä",
          "u\u0308",
          "海",
          "🏖",
          "👩‍👩‍👧",
          ".",
          "~",
          " ",
          "\\",
          "\n",
          "%",
          "$",
          "{");

  private final Set<String> names = names();

  /** Names of 1 to 255 bytes, many of them the longest possible and alike for most of it. */
  private static Set<String> names() {
    Random random = new Random(7);
    Set<String> names = new LinkedHashSet<>();
    for (int n = 0; n < 3000; n++) {
      names.add(name(random, 1 + random.nextInt(255), ""));
      names.add(name(random, 255, "x".repeat(200 + random.nextInt(40))));
    }
    return names;
  }

  private static String name(Random random, int most, String begin) {
    StringBuilder name = new StringBuilder(begin.isEmpty() ? "n" : begin);
    while (true) {
      String next = ALPHABET.get(random.nextInt(ALPHABET.size()));
      if (bytes(name + next + ".jpg") > most) {
        return random.nextInt(4) == 0 ? name.toString() : name + ".jpg";
      }
      name.append(next);
    }
  }

  @Test
  void exceedNeverWhatAFileSystemTakes() {
    assertThat(derived()).allSatisfy(name -> assertThat(bytes(name)).isLessThanOrEqualTo(255));
  }

  @Test
  void leaveRoomForThePrefixOfATemporaryName() {
    String longest = "x".repeat(251) + ".jpg";

    assertThat(bytes(FileNames.assets(longest))).isLessThanOrEqualTo(250);
    assertThat(bytes(FileNames.receipt(longest))).isLessThanOrEqualTo(250);
  }

  @Test
  void stayDistinct() {
    List<String> derived = derived();

    assertThat(new HashSet<>(derived)).hasSameSizeAs(derived);
  }

  @Test
  void areTheSameEveryTime() {
    assertThat(derived()).isEqualTo(derived());
  }

  @Test
  void areWholeCharacters() {
    assertThat(derived())
        .allSatisfy(name -> assertThat(new String(name.getBytes(UTF_8), UTF_8)).isEqualTo(name));
  }

  @Test
  void addTheSuffixToANameThatIsShortEnough() {
    assertThat(FileNames.receipt("a/b/IMG_0001.jpg")).isEqualTo("a/b/IMG_0001.jpg.media.json");
    assertThat(FileNames.assets("IMG_0001.jpg")).isEqualTo("IMG_0001.jpg.assets.json");
    assertThat(FileNames.reason("IMG_0001.jpg")).isEqualTo("IMG_0001.jpg.reason.txt");
  }

  @Test
  void nameASidecarExactlyAfterItsFileWhereverThatFits() {
    String longest = "x".repeat(245);
    assertThat(FileNames.sidecar("a/" + longest)).isEqualTo("a/" + longest + ".meta.json");
    assertThat(FileNames.sidecar("x".repeat(246))).matches("x+~[0-9a-f]{10}\\.meta\\.json");
  }

  @Test
  void numberBeforeTheExtension() {
    assertThat(FileNames.numbered("a.b/IMG_0001.jpg", 1)).isEqualTo("a.b/IMG_0001.jpg");
    assertThat(FileNames.numbered("a.b/IMG_0001.jpg", 2)).isEqualTo("a.b/IMG_0001~2.jpg");
    assertThat(FileNames.numbered("a.b/IMG_0001", 12)).isEqualTo("a.b/IMG_0001~12");
    assertThat(FileNames.numbered("x.tar.gz", 2)).isEqualTo("x.tar~2.gz");
  }

  @Test
  void keepTheExtensionOfALongNameThatIsNumbered() {
    String numbered = FileNames.numbered("x".repeat(251) + ".jpg", 2);

    assertThat(numbered).matches("x+~[0-9a-f]{10}~2\\.jpg");
    assertThat(bytes(numbered)).isEqualTo(255);
  }

  @Test
  void numberANameWhoseExtensionIsTooLongToKeep() {
    assertThat(bytes(FileNames.numbered("a." + "x".repeat(253), 2))).isLessThanOrEqualTo(255);
  }

  @Test
  void giveNoItemTheNameOfTheReceipt() {
    assertThat(FileNames.item("a.jpg", "media")).isNotEqualTo(FileNames.receipt("a.jpg"));
  }

  private List<String> derived() {
    List<String> derived = new ArrayList<>();
    for (String name : names) {
      derived.add(FileNames.receipt(name));
      derived.add(FileNames.assets(name));
      derived.add(FileNames.assetsFolder(name));
      derived.add(FileNames.reason(name));
      derived.add(FileNames.sidecar(name));
      derived.add(FileNames.item(name, "full-source-1"));
      derived.add(FileNames.numbered(name, 2));
      derived.add(FileNames.numbered(name, 3));
    }
    return derived;
  }

  private static int bytes(String name) {
    return name.getBytes(UTF_8).length;
  }
}
