package io.mediadrop.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a lane rests because a person has to do something, told where that person looks. A pause
 * that begins again right after it was ended lasts longer each time.
 */
public class Pause {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** Looks, of those that are made at equal intervals, that a pause may last before it is due. */
  private static final int LONGEST_REST = 60;

  /** Looks after which a pause that begins is a new one. */
  private static final int CALM = 2;

  private final Path note;
  private final BooleanSupplier isFolderThere;
  private volatile boolean on;
  private volatile boolean held;
  private volatile boolean noted;
  private volatile String reason = "";
  private int inARow;
  private int rest;
  private int calm;

  Pause(Path folder, BooleanSupplier isFolderThere) {
    note = folder.resolve("PAUSED.txt");
    this.isFolderThere = isFolderThere;
  }

  /** Whether the lane takes no files. Whoever deletes the note ends the pause. */
  public boolean isOn() {
    if (on) {
      endIfNoteWasDeleted();
    }
    return on || held;
  }

  /** Why, and what a person has to do, while it rests. */
  String reason() {
    return reason;
  }

  /** Rests until it is let go, whatever the API says. */
  public void hold() {
    held = true;
  }

  /** Ends what {@link #hold} began. */
  public void letGo() {
    held = false;
  }

  private synchronized void endIfNoteWasDeleted() {
    if (on && noted && isFolderThere.getAsBoolean() && Files.notExists(note)) {
      end();
      LOG.info("Resumed, since {} was deleted", note);
    }
  }

  /** Takes no more files; true if that is news, and not the same pause over again. */
  synchronized boolean begin(String what, String remedy) {
    if (on) {
      return false;
    }
    on = true;
    reason = what + " " + remedy;
    rest = Math.min(LONGEST_REST, (1 << Math.min(inARow, 10)) - 1);
    inARow++;
    noted =
        write(
            """
            This folder is paused. Its files stay where they are and are uploaded later.
            What happened: %s
            What to do:    %s
            mediadrop goes on by itself once that is done: it tries again now and then, each time after
            a longer while, and removes this note. To let it try at once, delete this note.
            """
                .formatted(what, remedy));
    return inARow == 1;
  }

  private boolean write(String text) {
    Path written = note.resolveSibling(".PAUSED.txt");
    try {
      Files.write(written, text.getBytes(StandardCharsets.UTF_8));
      Files.move(written, note, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", note, e.getMessage());
      return false;
    }
  }

  /** One interval has gone by. */
  synchronized void look() {
    if (on) {
      rest = Math.max(0, rest - 1);
    } else if (++calm >= CALM) {
      inARow = 0;
    }
  }

  /** Whether it has lasted long enough for the API to be asked. */
  synchronized boolean isDue() {
    return on && rest == 0;
  }

  /** A file went through: what may come is another pause. */
  synchronized void isOver() {
    inARow = 0;
  }

  /** Removes the note of an earlier run. */
  public void forget() {
    end();
  }

  /** Takes files again; false if it did not pause. */
  synchronized boolean end() {
    boolean was = on;
    on = false;
    calm = 0;
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", note, e.getMessage());
    }
    return was;
  }
}
