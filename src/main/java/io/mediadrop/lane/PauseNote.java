package io.mediadrop.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The note in a folder that says why it is paused. Whoever deletes it ends the pause. */
class PauseNote {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Path file;

  /** The note in this folder, which need not be there. */
  PauseNote(Path folder) {
    file = folder.resolve("PAUSED.txt");
  }

  /** Says what has happened and what a person has to do; false if that cannot be written. */
  boolean write(String what, String remedy) {
    return write(
        """
        This folder is paused. Its files stay where they are and are uploaded later.
        What happened: %s
        What to do:    %s
        mediadrop goes on by itself once that is done: it tries again now and then, each time after
        a longer while, and removes this note. To let it try at once, delete this note.
        """
            .formatted(what, remedy));
  }

  private boolean write(String text) {
    Path written = file.resolveSibling(".PAUSED.txt");
    try {
      // never through a link that somebody has put there
      Files.deleteIfExists(written);
      Files.write(written, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
      return false;
    }
  }

  /** Whether it is known that there is no note. */
  boolean isGone() {
    return Files.notExists(file);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", file, e.getMessage());
    }
  }

  /** Its place. */
  @Override
  public String toString() {
    return file.toString();
  }
}
