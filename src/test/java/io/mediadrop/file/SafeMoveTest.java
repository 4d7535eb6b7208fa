package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.cli.Running;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeMoveTest {

  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path folder;
  private Path elsewhere;
  private Path source;

  @BeforeEach
  void write() throws IOException {
    source = Files.writeString(folder.resolve("source.jpg"), "the original");
    Files.setLastModifiedTime(
        source, FileTime.from(1_700_000_000_123_456_789L, TimeUnit.NANOSECONDS));
  }

  private Path elsewhere() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(folder)),
        "there is no other file system to move to");
    elsewhere = Files.createTempDirectory(MEMORY, "mediadrop");
    return elsewhere;
  }

  @AfterEach
  void removeElsewhere() throws IOException {
    if (elsewhere != null) {
      try (Stream<Path> files = Files.walk(elsewhere).sorted((a, b) -> b.compareTo(a))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void createsTheFoldersOfTheTarget() throws IOException {
    SafeMove.move(source, folder.resolve("a/b/target.jpg"));

    assertThat(folder.resolve("a/b/target.jpg")).hasContent("the original");
    assertThat(source).doesNotExist();
  }

  @Test
  void replacesNothing() throws IOException {
    Path target = Files.writeString(folder.resolve("target.jpg"), "another");

    assertThatThrownBy(() -> SafeMove.move(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("another");
    assertThat(source).hasContent("the original");
  }

  @Test
  void replacesNotEvenALinkThatLeadsNowhere() throws IOException {
    Path target = Files.createSymbolicLink(folder.resolve("target.jpg"), Path.of("nowhere"));

    assertThatThrownBy(() -> SafeMove.move(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(source).hasContent("the original");
  }

  @Test
  void replacesNothingOnAnotherFileSystem() throws IOException {
    Path target = Files.writeString(elsewhere().resolve("target.jpg"), "another");

    assertThatThrownBy(() -> SafeMove.move(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("another");
    assertThat(source).hasContent("the original");
    assertThat(Running.filesIn(elsewhere)).containsExactly("target.jpg");
  }

  @Test
  void keepsTimesAndRightsOnAnotherFileSystem() throws IOException {
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r--r-----"));
    FileTime modified = Files.getLastModifiedTime(source);
    Path target = elsewhere().resolve("deep/target.jpg");

    SafeMove.move(source, target);

    assertThat(target).hasContent("the original");
    assertThat(Files.getLastModifiedTime(target)).isEqualTo(modified);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("r--r-----");
    assertThat(source).doesNotExist();
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    SafeMove.move(source, elsewhere().resolve("target.jpg"));

    assertThat(Running.filesIn(elsewhere)).containsExactly("target.jpg");
    assertThat(Running.filesIn(folder)).isEmpty();
  }

  @Test
  void startsACopyAnewThatACrashHadLeft() throws IOException {
    Path target = elsewhere().resolve("target.jpg");
    Path leftover = SafeMove.beside(target, ".copying");
    Files.writeString(leftover, "the orig");

    SafeMove.move(source, target);

    assertThat(target).hasContent("the original");
    assertThat(Running.filesIn(elsewhere)).containsExactly("target.jpg");
  }

  private void replaceSource() throws IOException {
    Path next = Files.writeString(folder.resolve("next.jpg"), "what came next");
    Files.move(next, source, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void leavesWhatHasTakenTheNameOfTheSource() throws IOException {
    Path target = folder.resolve("target.jpg");
    FileStamp moved = FileStamp.of(source);
    assertThat(SafeMove.link(source, target)).isTrue();
    replaceSource();

    SafeMove.unlink(source, target, moved);

    assertThat(source).hasContent("what came next");
    assertThat(target).hasContent("the original");
  }

  /** Some shares number the two names of one file as if they were two files, like a copy. */
  @Test
  void leavesNothingBehindWhereTheNamesOfOneFileHaveNumbersOfTheirOwn() throws IOException {
    FileStamp moved = FileStamp.of(source);
    Path target = Files.copy(source, folder.resolve("target.jpg"));

    SafeMove.unlink(source, target, moved);

    assertThat(source).doesNotExist();
    assertThat(target).hasContent("the original");
  }

  @Test
  void leavesItOnAnotherFileSystemToo() throws IOException {
    FileStamp copied = FileStamp.of(source);
    replaceSource();

    SafeMove.removeMoved(source, copied, false);

    assertThat(source).hasContent("what came next");
  }

  @Test
  void writesFilesWhoseNamesHaveOneHashBesideEachOther() {
    assertThat("Aa.mp4").hasSameHashCodeAs("BB.mp4");
    assertThat(SafeMove.beside(folder.resolve("Aa.mp4"), ".tmp"))
        .isNotEqualTo(SafeMove.beside(folder.resolve("BB.mp4"), ".tmp"));
  }

  @Test
  void saysThatTheSourceIsGone() {
    Path gone = folder.resolve("gone.jpg");

    assertThatThrownBy(() -> SafeMove.move(gone, folder.resolve("target.jpg")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder.resolve("target.jpg")).doesNotExist();
  }

  @Test
  void replacesASmallFileAsAWhole() throws IOException {
    Path target = folder.resolve("a/receipt.json");

    SafeMove.replace(target, "old".getBytes());
    SafeMove.replace(target, "new".getBytes());

    assertThat(target).hasContent("new");
    assertThat(Running.filesIn(target.getParent())).containsExactly("receipt.json");
  }
}
