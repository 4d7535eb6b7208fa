package io.mediadrop.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a lane rests because a person has to do something, told where that person looks. */
public class Pause {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Path note;
  private volatile boolean on;
  private volatile boolean held;

  Pause(Path folder) {
    note = folder.resolve("PAUSED.txt");
  }

  /** Whether the lane takes no files. */
  public boolean isOn() {
    return on || held;
  }

  /** Whether it is the API that is waited for. */
  boolean isForApi() {
    return on;
  }

  /** Rests until it is let go, whatever the API says. */
  public void hold() {
    held = true;
  }

  /** Ends what {@link #hold} began. */
  public void letGo() {
    held = false;
  }

  /** Takes no more files; false if that was so already. */
  synchronized boolean begin(String what, String remedy) {
    if (on) {
      return false;
    }
    on = true;
    write(
        """
        This folder is paused. Its files stay where they are and are uploaded later.
        What happened: %s
        What to do:    %s
        mediadrop goes on by itself once that is done, and removes this note.
        """
            .formatted(what, remedy));
    return true;
  }

  private void write(String text) {
    Path written = note.resolveSibling(".PAUSED.txt");
    try {
      Files.write(written, text.getBytes(StandardCharsets.UTF_8));
      Files.move(written, note, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", note, e.getMessage());
    }
  }

  /** Removes the note of an earlier run. */
  public void forget() {
    end();
  }

  /** Takes files again; false if it did not pause. */
  synchronized boolean end() {
    boolean was = on;
    on = false;
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", note, e.getMessage());
    }
    return was;
  }
}
