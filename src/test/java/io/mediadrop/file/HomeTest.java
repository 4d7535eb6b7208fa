package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home that is open. */
class HomeTest {

  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = home(folder);
    home.open();
  }

  @AfterEach
  void close() throws Exception {
    home.close();
  }

  private static Home home(Path root) {
    Home home = new Home();
    home.setRoot(root.toString());
    return home;
  }

  @Test
  void staysLockedWhenASecondOneIsRefused() throws Exception {
    assertThat(locksOfThisProcess()).isOne();

    assertThatThrownBy(() -> home(folder).open())
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("another mediadrop runs on the home");

    assertThat(locksOfThisProcess()).isOne();
  }

  @Test
  void isKnownByAnyPathToIt() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

    assertThatThrownBy(() -> home(link).open()).isInstanceOf(ConfigurationMistake.class);
    assertThat(locksOfThisProcess()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "archive", "failed", "data"})
  void waitsForTheDiskThatALinkLeadsTo(String name) throws Exception {
    Path root = Files.createDirectory(folder.resolve("other"));
    Path disk = folder.resolve("disk");
    Files.createSymbolicLink(root.resolve(name), disk);
    Home other = home(root);

    assertThatThrownBy(other::open)
        .isInstanceOf(PassingTrouble.class)
        .hasMessageContaining(root.resolve(name) + " is a link to " + disk)
        .hasMessageContaining("mount that disk");
    assertThat(disk).doesNotExist();
    assertThat(root).isDirectoryContaining(file -> file.endsWith(name));
    assertThat(root.toFile().list()).hasSize(1);

    Files.createDirectory(disk);
    other.open();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "media", "srv/media"})
  void waitsForItsOwnDisk(String below) throws Exception {
    Path disk = folder.resolve("disk");
    Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
    Home other = home(link.resolve(below));

    assertThatThrownBy(other::open)
        .isInstanceOf(PassingTrouble.class)
        .hasMessageContaining(link + " is a link to " + disk)
        .hasMessageContaining("mount that disk");
    assertThat(disk).doesNotExist();

    Files.createDirectory(disk);
    other.open();
    other.close();
  }

  @Test
  void canBeOpenedAgainOnceItIsClosed() throws Exception {
    home.close();
    home = home(folder);
    home.open();

    assertThat(locksOfThisProcess()).isOne();
  }

  @Test
  void canBeOpenedOnceWhatWasInItsWayIsGone() throws Exception {
    Path another = folder.resolve("another");
    Path inTheWay = Files.createDirectories(another.resolve("data/lock"));
    assertThatThrownBy(() -> home(another).open()).hasMessageContaining("cannot write there");
    Files.delete(inTheWay);

    home.close();
    home = home(another);
    home.open();
  }

  @Test
  void showsItsLockToNobody() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/lock")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void closesWhatWorksInItBeforeItIsUnlocked() throws Exception {
    List<String> closed = new ArrayList<>();
    home.closeFirst(() -> closed.add("ledger"));
    home.closeFirst(
        () -> {
          closed.add("filing");
          assertThatThrownBy(() -> home(folder).open()).isInstanceOf(ConfigurationMistake.class);
        });
    home.close();

    assertThat(closed).containsExactly("filing", "ledger");
  }

  /** As the system sees it, which knows a file by its number. */
  private long locksOfThisProcess() throws Exception {
    Object inode = Files.getAttribute(folder.resolve("data/lock"), "unix:ino");
    String lock = ".* WRITE +" + ProcessHandle.current().pid() + " .*:" + inode + " .*";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .filter(line -> line.matches(lock))
        .count();
  }
}
