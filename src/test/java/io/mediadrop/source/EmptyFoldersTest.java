package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that became empty below a watched one, by a clock that the test moves. */
class EmptyFoldersTest {

  @TempDir Path lane;
  private long now = 17;
  private EmptyFolders folders = after(Optional.of(Duration.ofDays(1)));
  private Path inner;

  @BeforeEach
  void make() throws Exception {
    inner = Files.createDirectories(lane.resolve("trip/monday"));
  }

  @Test
  void goAfterADayWithTheFoldersAboveThem() throws Exception {
    look();
    pass(Duration.ofHours(23));
    look();
    assertThat(inner).isDirectory();

    pass(Duration.ofHours(1));
    look();
    assertThat(lane.resolve("trip")).doesNotExist();
    assertThat(lane).isDirectory();
  }

  @Test
  void stayAsLongAsAnythingIsInThem() throws Exception {
    Files.createFile(inner.resolve(".DS_Store"));
    Path beside = Files.createDirectory(lane.resolve("trip/tuesday"));
    look();
    pass(Duration.ofDays(2));
    look();

    assertThat(inner).isDirectory();
    assertThat(beside).doesNotExist();
  }

  @Test
  void beginTheirDayAnewWhenSomethingWasInThemMeanwhile() throws Exception {
    look();
    pass(Duration.ofHours(23));
    Files.delete(Files.createFile(inner.resolve("a.jpg")));
    look();
    pass(Duration.ofHours(2));
    look();
    assertThat(inner).isDirectory();

    pass(Duration.ofHours(22));
    look();
    assertThat(inner).doesNotExist();
  }

  @Test
  void stayIfTheyAreNotEnteredOrBelongToAnotherLane() throws Exception {
    look(inner);
    pass(Duration.ofDays(2));
    look(inner);

    assertThat(inner).isDirectory();
  }

  @Test
  void stayIfAFileHasComeSinceTheLook() throws Exception {
    look();
    pass(Duration.ofDays(2));
    folders.begin();
    see(lane.resolve("trip"), 1);
    see(inner, 0);
    Files.createFile(inner.resolve("a.jpg"));
    folders.end(lane, folder -> false);

    assertThat(inner.resolve("a.jpg")).exists();
  }

  @Test
  void stayIfALinkHasTakenTheirPlace(@TempDir Path elsewhere) throws Exception {
    look();
    pass(Duration.ofDays(2));
    folders.begin();
    see(lane.resolve("trip"), 1);
    see(inner, 0);
    Files.delete(inner);
    Files.createSymbolicLink(inner, elsewhere);
    folders.end(lane, folder -> false);

    assertThat(inner).isSymbolicLink();
    assertThat(elsewhere).isDirectory();
  }

  @Test
  void stayIfTheyHaveBecomeAnotherLanesJustNow() throws Exception {
    look();
    pass(Duration.ofDays(2));
    folders.begin();
    see(lane.resolve("trip"), 1);
    see(inner, 0);
    folders.end(lane, inner::equals);

    assertThat(inner).isDirectory();
  }

  @Test
  void stayIfTheSettingSaysSo() throws Exception {
    folders = after(EmptyFolders.time("keep"));
    look();
    pass(Duration.ofDays(1000));
    look();

    assertThat(inner).isDirectory();
    assertThatThrownBy(() -> EmptyFolders.time("never"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("mediadrop.drop.empty-folders", "write keep, or a time such as 1d");
  }

  private EmptyFolders after(Optional<Duration> time) {
    return new EmptyFolders(() -> now, time);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** As a listing does that does not enter some. */
  private void look(Path... unentered) throws IOException {
    folders.begin();
    try (Stream<Path> all = Files.walk(lane)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        if (!List.of(unentered).contains(folder)) {
          try (Stream<Path> entries = Files.list(folder)) {
            see(folder, (int) entries.count());
          }
        }
      }
    }
    folders.end(lane, folder -> false);
  }

  private void see(Path folder, int entries) throws IOException {
    folders.see(folder, FileStamp.of(folder), entries);
  }
}
