package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.cli.Running;
import io.mediadrop.file.LyingDisk.Lie;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file is moved on a disk or a share whose driver says one thing and does another. */
class LyingDiskTest {

  private static final String CONTENT = "the original";

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private Path target;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("source.jpg"), CONTENT);
    target = folder.resolve("archive/target.jpg");
  }

  private Path disk(Lie... lies) {
    return LyingDisk.over(folder, lies);
  }

  private static void move(Path disk) throws IOException {
    SafeMove.move(disk.resolve("source.jpg"), disk.resolve("archive/target.jpg"));
  }

  private void assertMoved() {
    assertThat(Running.filesIn(folder)).containsExactly("archive/target.jpg");
    assertThat(target).hasContent(CONTENT);
  }

  private void assertStays() {
    assertThat(folder.resolve("source.jpg")).hasContent(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_NOTHING", "KNOWS_NO_LINKS", "MOVES_NOTHING", "MOVES_BY_COPYING"})
  void isMovedWhereThereIsAWay(Lie lie) throws IOException {
    move(disk(lie));

    assertMoved();
  }

  @Test
  void isMovedByRenamingAlsoWhereThatLeavesBothNames() throws IOException {
    move(disk(Lie.LINKS_NOTHING, Lie.MOVES_BY_COPYING));

    assertMoved();
  }

  @Test
  void getsItsNameBeforeAnotherProgramCanWhereThereAreNoLinks() throws IOException {
    Path disk = disk(Lie.KNOWS_NO_LINKS, Lie.MOVES_LATE);

    move(disk);
    assertThat(target).hasContent(CONTENT);
    assertThat(Running.filesIn(folder)).containsExactly("archive/target.jpg");
  }

  @Test
  void comesToItsNameThatACrashHasLeftTaken() throws IOException {
    Path disk = disk(Lie.KNOWS_NO_LINKS);
    Path seen = disk.resolve("archive/target.jpg");
    Files.createDirectories(target.getParent());
    Files.write(target, SafeMove.placeholder(seen));
    assertThat(SafeMove.isPlaceholder(seen)).isTrue();

    move(disk);
    assertMoved();
  }

  @Test
  void staysWhereTheLinkIsAnEmptyFile() throws IOException {
    Path disk = disk(Lie.LINKS_AN_EMPTY_FILE);

    assertThatThrownBy(() -> move(disk)).isInstanceOf(FileAlreadyExistsException.class);
    assertStays();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_NOTHING", "KNOWS_NO_LINKS"})
  void staysWhereNothingMovesIt(Lie links) throws IOException {
    Path disk = disk(links, Lie.MOVES_NOTHING);

    assertThatThrownBy(() -> move(disk)).hasMessageContaining("there is no file of 12 bytes");
    assertStays();
    LyingDisk.mend(disk);
    move(disk);
    assertMoved();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_NOTHING", "KNOWS_NO_LINKS", "MOVES_BY_COPYING"})
  void isSaidToBeStillThereWhereDeletingDoesNothing(Lie lie) throws IOException {
    Path disk = disk(lie, Lie.LINKS_NOTHING, Lie.MOVES_BY_COPYING, Lie.DELETES_NOTHING);

    assertThatThrownBy(() -> move(disk)).hasMessageContaining("is still there, though");
    assertStays();
    assertThat(target).hasContent(CONTENT);
  }

  @Test
  void isSaidToBeStillThereWhereOnlyItsSecondNameCame() throws IOException {
    Path disk = disk(Lie.DELETES_NOTHING);

    assertThatThrownBy(() -> move(disk)).hasMessageContaining("is still there, though");
    assertStays();
    assertThat(target).hasContent(CONTENT);
  }

  @Test
  void isSaidToBeNowhereWhereTheDiskHasLostIt() throws IOException {
    Path disk = disk(Lie.KNOWS_NO_LINKS, Lie.MOVES_INTO_NOTHING);

    assertThatThrownBy(() -> move(disk)).hasMessageContaining("there is no file of 12 bytes");
  }

  @Test
  void losesNothingInABatchEither() throws IOException {
    Path disk = disk(Lie.LINKS_NOTHING);
    Path source = disk.resolve("source.jpg");
    FileStamp moved = FileStamp.of(source);
    SafeMove.link(source, disk.resolve("archive/target.jpg"));

    assertThat(SafeMove.unlink(source, disk.resolve("archive/target.jpg"), moved)).isFalse();
    assertStays();
  }

  private void moveThere(Lie... lies) throws IOException {
    SafeMove.move(
        folder.resolve("source.jpg"), LyingDisk.over(elsewhere, lies).resolve("target.jpg"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_NOTHING", "KNOWS_NO_LINKS", "MOVES_NOTHING", "MOVES_BY_COPYING"})
  void comesWholeToAnotherDisk(Lie lie) throws IOException {
    moveThere(lie);

    assertThat(Running.filesIn(folder)).isEmpty();
    assertThat(Running.filesIn(elsewhere)).containsExactly("target.jpg");
    assertThat(elsewhere.resolve("target.jpg")).hasContent(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"MOVES_NOTHING", "MOVES_INTO_NOTHING", "COPIES_HALF"})
  void staysWhereItDoesNotComeToAnotherDisk(Lie lie) {
    for (int again = 0; again < 3; again++) {
      assertThatThrownBy(() -> moveThere(Lie.LINKS_NOTHING, lie)).isInstanceOf(IOException.class);
      assertStays();
    }
    assertThat(Running.filesIn(elsewhere)).isEmpty();
  }
}
