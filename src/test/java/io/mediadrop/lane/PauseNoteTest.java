package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The note of a pause in a folder that is away for a while. */
class PauseNoteTest {

  @TempDir Path disk;
  private Path folder;
  private Path away;
  private Pause pause;

  @BeforeEach
  void pause() throws Exception {
    folder = Files.createDirectory(disk.resolve("folder"));
    away = disk.resolve("away");
    pause = new Pause(folder, () -> Files.isDirectory(folder));
    pause.begin("The key was refused.", "Renew it.", () -> {});
    Files.move(folder, away);
  }

  @Test
  void goesOnceTheFolderIsBackIfThePauseEndedMeanwhile() throws Exception {
    pause.end();
    pause.look();
    Files.move(away, folder);
    pause.look();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void staysIfThePauseDidNotEnd() throws Exception {
    pause.look();
    Files.move(away, folder);
    pause.look();

    assertThat(folder.resolve("PAUSED.txt")).exists();
    assertThat(pause.isOn()).isTrue();
  }

  @Test
  void ofAnEarlierRunGoesOnceTheFolderIsThere() throws Exception {
    pause = new Pause(folder, () -> Files.isDirectory(folder));
    pause.forget();
    pause.look();
    Files.move(away, folder);
    pause.look();

    assertThat(folder).isEmptyDirectory();
  }
}
