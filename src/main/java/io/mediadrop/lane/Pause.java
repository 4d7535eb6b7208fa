package io.mediadrop.lane;

import java.nio.file.Path;
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

  private final PauseNote note;
  private final BooleanSupplier isFolderThere;
  private volatile boolean on;
  private volatile String heldFor;
  private volatile boolean noted;
  private volatile String reason = "";
  private volatile Runnable whenNoteWasDeleted = () -> {};
  private boolean told;
  private boolean noteMayBeLeft;
  private int inARow;
  private int rest;
  private int calm;

  Pause(Path folder, BooleanSupplier isFolderThere) {
    note = new PauseNote(folder);
    this.isFolderThere = isFolderThere;
  }

  /** Whether the lane takes no files. Whoever deletes the note ends the pause. */
  public boolean isOn() {
    if (on) {
      resumeIfNoteWasDeleted();
    }
    return on || heldFor != null;
  }

  /** Why, and what a person has to do, while it rests. */
  public String reason() {
    String why = heldFor;
    return on || why == null ? reason : why;
  }

  /** Rests until it is let go, whatever the API says, and why. */
  public void hold(String why) {
    heldFor = why;
  }

  /** Ends what {@link #hold} began. */
  public void letGo() {
    heldFor = null;
  }

  private void resumeIfNoteWasDeleted() {
    if (endIfNoteWasDeleted()) {
      LOG.info("Resumed, since {} was deleted", note);
      whenNoteWasDeleted.run();
    }
  }

  private synchronized boolean endIfNoteWasDeleted() {
    if (!on || !noted || !isFolderThere.getAsBoolean() || !note.isGone()) {
      return false;
    }
    // a pause that comes now is news to the person who has deleted it
    inARow = 0;
    told = false;
    return end();
  }

  /**
   * Takes no more files, or says in its note why by now.
   *
   * @param resumed told if it ends because its note was deleted
   * @return whether that is news, and neither known nor the same pause over again
   */
  public boolean begin(String what, String remedy, Runnable resumed) {
    resumeIfNoteWasDeleted();
    whenNoteWasDeleted = resumed;
    return begin(what, remedy);
  }

  private synchronized boolean begin(String what, String remedy) {
    String why = what + " " + remedy;
    boolean rested = on;
    if (rested && reason.equals(why)) {
      return false;
    }
    on = true;
    reason = why;
    if (!rested) {
      rest = Math.min(LONGEST_REST, (1 << Math.min(inARow, 10)) - 1);
      inARow++;
    }
    noted = note.write(what, remedy);
    boolean news = !told;
    told = true;
    return news;
  }

  /** One interval has gone by; true if that makes it news that the lane does not pause any more. */
  public synchronized boolean look() {
    if (on) {
      rest = Math.max(0, rest - 1);
      return false;
    }
    if (noteMayBeLeft && isFolderThere.getAsBoolean()) {
      noteMayBeLeft = false;
      note.delete();
    }
    return ++calm >= CALM && isOver();
  }

  /** Whether it has lasted long enough for the API to be asked. */
  public synchronized boolean isDue() {
    return on && rest == 0;
  }

  /**
   * What may come is another pause, since a file went through; true if it is news that the lane
   * does not pause any more.
   */
  public synchronized boolean isOver() {
    inARow = 0;
    boolean news = told && !on;
    told &= on;
    return news;
  }

  /** Removes the note of an earlier run. */
  public void forget() {
    end();
  }

  /** Takes files again; false if it did not pause. */
  public synchronized boolean end() {
    boolean was = on;
    on = false;
    calm = 0;
    note.delete();
    // the folder may be away, and come back with it
    noteMayBeLeft = true;
    return was;
  }
}
