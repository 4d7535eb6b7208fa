package io.mediadrop.lane;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The note by which one home holds a watched folder. It is created only where there is none. What
 * another home has written counts as long as it is seen to change; times of files and clocks of
 * other machines do not matter.
 */
public class FolderNote {

  /** Whose the folder is. */
  enum Holder {
    /** This home's. */
    OURS,
    /** Another one's, which was seen to live. */
    ANOTHERS,
    /** Not known yet. */
    UNCLEAR
  }

  /** The note's name. */
  static final String NAME = ".mediadrop-watch.json";

  /** A note that has not changed for so long is nobody's any more: three beats, and a bit. */
  public static final Duration DEAD = Duration.ofSeconds(32);

  /** Of several that take a folder over at once, the last one to write has it after this time. */
  private static final Duration CONTEST = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Path file;
  private final ObjectMapper json;
  private final LongSupplier nanoTime;
  private WatchNote own;
  private WatchNote others;
  private byte[] seen;
  private long seenAt;
  private boolean living;
  private long contestUntil;
  private volatile Holder holder = Holder.UNCLEAR;

  /**
   * Nothing is held yet.
   *
   * @param own what is to be written
   * @param nanoTime a clock that nobody sets
   */
  FolderNote(Path folder, WatchNote own, ObjectMapper json, LongSupplier nanoTime) {
    this.file = folder.resolve(NAME);
    this.own = own;
    this.json = json;
    this.nanoTime = nanoTime;
  }

  /** Whose the folder was at the last look. */
  Holder holder() {
    return holder;
  }

  /** Who else has written the note, as was seen last; null if nobody has. */
  WatchNote others() {
    return others;
  }

  /** Takes the folder if that can be, or shows that it is still held. */
  synchronized Holder look() throws IOException {
    byte[] text = read();
    if (text == null) {
      return holder = create();
    }
    WatchNote note = WatchNote.of(text, json);
    if (note.instance().equals(own.instance())) {
      write(own = own.next());
      return holder = nanoTime.getAsLong() - contestUntil < 0 ? Holder.UNCLEAR : Holder.OURS;
    }
    if (note.homeId().equals(own.homeId()) && holder != Holder.OURS && !living) {
      // the home is locked for this process, so that the one that wrote this has ended
      replace();
      return holder = Holder.OURS;
    }
    if (note.left() && holder != Holder.OURS) {
      return holder = takeOver();
    }
    return holder = judge(note, text);
  }

  /** Whether the note is still this run's, without touching it. */
  synchronized boolean isStillOurs() throws IOException {
    byte[] text = holder == Holder.OURS ? read() : null;
    if (text != null && !WatchNote.of(text, json).instance().equals(own.instance())) {
      look();
    }
    return holder == Holder.OURS;
  }

  private Holder judge(WatchNote note, byte[] text) throws IOException {
    long now = nanoTime.getAsLong();
    if (!Arrays.equals(text, seen)) {
      living = seen != null || holder == Holder.OURS;
      seen = text;
      seenAt = now;
      others = note;
    } else if (now - seenAt >= DEAD.toNanos()) {
      LOG.atLevel(note.isOfEarlierRun(own) ? Level.DEBUG : Level.INFO)
          .log("{} was held by {}, which gives no sign of life: it is taken over", file, note);
      return takeOver();
    }
    return living ? Holder.ANOTHERS : Holder.UNCLEAR;
  }

  private Holder takeOver() throws IOException {
    replace();
    contestUntil = nanoTime.getAsLong() + CONTEST.toNanos();
    return Holder.UNCLEAR;
  }

  private byte[] read() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Holder create() throws IOException {
    contestUntil = nanoTime.getAsLong();
    try {
      Files.write(file, own.text(json), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      forgetOthers();
      return Holder.OURS;
    } catch (FileAlreadyExistsException e) {
      return Holder.UNCLEAR;
    }
  }

  private void replace() throws IOException {
    forgetOthers();
    contestUntil = nanoTime.getAsLong();
    Files.write(
        file, own.text(json), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void forgetOthers() {
    seen = null;
    living = false;
    others = null;
  }

  /** In place, since it never gets shorter: whoever reads meanwhile sees something new anyway. */
  private void write(WatchNote note) throws IOException {
    Files.write(file, note.text(json), StandardOpenOption.WRITE);
  }

  /**
   * Lets others have the folder.
   *
   * @param forGood removes the note; or else it stays and says whose the folder was, wherever that
   *     is moved
   */
  synchronized void leave(boolean forGood) throws IOException {
    byte[] text = read();
    if (text != null && WatchNote.of(text, json).instance().equals(own.instance())) {
      if (forGood) {
        Files.deleteIfExists(file);
      } else {
        write(own.leaving());
      }
    }
    holder = Holder.UNCLEAR;
    forgetOthers();
  }
}
