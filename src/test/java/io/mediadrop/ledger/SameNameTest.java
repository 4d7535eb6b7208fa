package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several files of one name are dropped on one day. */
class SameNameTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().started();

  private int dropped;

  @Test
  void lieBesideOneAnotherInTheArchive() throws Exception {
    dropOneAfterAnother("trip/IMG_0001.jpg", 3);

    assertThat(archived("jpg"))
        .containsExactlyInAnyOrder("IMG_0001.jpg", "IMG_0001~2.jpg", "IMG_0001~3.jpg");
    assertThat(archived(".media.json"))
        .containsExactlyInAnyOrder(
            "IMG_0001.jpg.media.json", "IMG_0001~2.jpg.media.json", "IMG_0001~3.jpg.media.json");
    assertThat(contents()).isEqualTo(uploaded());
  }

  @Test
  void fitThoughTheirNameIsTheLongestPossible() throws Exception {
    dropOneAfterAnother("x".repeat(251) + ".jpg", 3);

    assertThat(archived("jpg")).hasSize(3).allMatch(name -> name.length() == 255);
    assertThat(archived(".media.json")).hasSize(3);
    assertThat(archived(".assets.json")).hasSize(3);
    assertThat(contents()).isEqualTo(uploaded());
  }

  @Test
  void fitThoughTheirExtensionIsTheLongestPossible() throws Exception {
    dropOneAfterAnother("a." + "x".repeat(253), 2);

    assertThat(mediadrop.drops("FILED")).isEqualTo(2);
    assertThat(contents()).isEqualTo(uploaded());
  }

  @Test
  void keepOutOfTheWayOfAFileThatIsNamedLikeANumberedOne() throws Exception {
    dropOneAfterAnother("IMG~2.jpg", 1);
    dropOneAfterAnother("IMG.jpg", 2);

    assertThat(archived("jpg")).containsExactlyInAnyOrder("IMG.jpg", "IMG~2.jpg", "IMG~3.jpg");
    assertThat(contents()).isEqualTo(uploaded());
  }

  @Test
  void leaveAReceiptAloneThatSomebodyHasKept() throws Exception {
    dropOneAfterAnother("IMG.jpg", 1);
    Path original = archive("IMG.jpg");
    byte[] receipt = Files.readAllBytes(archive("IMG.jpg.media.json"));
    Files.delete(original);

    dropOneAfterAnother("IMG.jpg", 1);

    assertThat(archived("jpg")).containsExactly("IMG~2.jpg");
    assertThat(archive("IMG.jpg.media.json")).hasBinaryContent(receipt);
  }

  @Test
  void lieInANumberedFolderWhereAFileHasTheFoldersName() throws Exception {
    dropOneAfterAnother("r", 1);
    dropOneAfterAnother("r/z.jpg", 1);
    dropOneAfterAnother("r/deep/r", 2);

    assertThat(Running.filesIn(archive("r").getParent()))
        .filteredOn(path -> !path.endsWith(".json"))
        .containsExactlyInAnyOrder("r", "r~2/deep/r", "r~2/deep/r~2", "r~2/z.jpg");
    assertThat(contents()).isEqualTo(uploaded());
  }

  @Test
  void lieInANumberedFolderWhereAFileIsPromisedTheFoldersName() {
    ArchivePaths paths = new ArchivePaths(mediadrop.bean("home", Home.class));

    assertThat(paths.reserve(drop("r/z.jpg"), Instant.EPOCH, "default/1970/01/01/r"::equals))
        .isEqualTo("default/1970/01/01/r~2/z.jpg");
  }

  @Test
  void lieWithoutTheirFoldersWhereTheirPathWouldBeTooLong() throws Exception {
    String folder = "x".repeat(250) + "/";
    int room = 4080 - mediadrop.drop().toString().length() - "/z.jpg".length();
    String deep = folder.repeat(room / folder.length()) + "y".repeat(room % folder.length() - 1);
    dropOneAfterAnother(deep + "/z.jpg", 2);

    assertThat(archived("jpg")).containsExactlyInAnyOrder("z.jpg", "z~2.jpg");
    assertThat(contents()).isEqualTo(uploaded());
  }

  private static Drop drop(String path) {
    return new Drop(
        1,
        "default",
        "connection",
        Path.of("/drop", path),
        path,
        1,
        1,
        DropState.SENDING,
        1,
        0,
        null,
        null,
        null,
        false,
        null,
        1);
  }

  private void dropOneAfterAnother(String path, int times) throws Exception {
    for (int n = 0; n < times; n++) {
      Path file = mediadrop.drop().resolve(path);
      Files.createDirectories(file.getParent());
      MediaFiles.write(file, "jpg", 1000, dropped);
      mediadrop.awaitFiled(++dropped);
    }
  }

  private List<String> archived(String end) {
    return Running.filesIn(mediadrop.archive()).stream()
        .filter(path -> path.endsWith(end))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  private Path archive(String name) {
    return mediadrop
        .archive()
        .resolve(
            Running.filesIn(mediadrop.archive()).stream()
                .filter(path -> path.endsWith("/" + name))
                .findFirst()
                .orElseThrow());
  }

  private Set<Integer> contents() throws IOException {
    Set<Integer> contents = new HashSet<>();
    try (Stream<Path> files = Files.walk(mediadrop.archive())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".json")) {
          contents.add(Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }

  private Set<Integer> uploaded() throws IOException {
    Set<Integer> contents = new HashSet<>();
    Path other = Files.createDirectories(mediadrop.home().resolve("other"));
    for (int seed = 0; seed < dropped; seed++) {
      Path file = MediaFiles.write(other.resolve(seed + ".jpg"), 1000, seed);
      contents.add(Arrays.hashCode(Files.readAllBytes(file)));
    }
    return contents;
  }
}
