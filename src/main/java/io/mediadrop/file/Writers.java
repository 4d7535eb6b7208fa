package io.mediadrop.file;

import com.sun.nio.file.ExtendedOpenOption;
import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether anybody has a file open for writing, where the system knows: that a file is quiet
 * does not mean that it is finished. What is on a share, and what other machines do, cannot be
 * asked.
 */
public class Writers {

  /** What the system says of a file. */
  public enum Answer {
    /** Nobody has it open for writing. */
    NOBODY,
    /** Somebody has. */
    SOMEBODY,
    /** The system does not say. */
    UNKNOWN
  }

  /** After each look into all processes it is not looked again for so many times as long. */
  private static final int REST = 50;

  private static final String SYSTEM = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);

  /** Whether leases can be believed on a device: on shares they are refused for other reasons. */
  private final Map<String, Boolean> local = new ConcurrentHashMap<>();

  private Home home;
  private CompletableFuture<Boolean> leases;
  private OpenFiles seen;
  private long restUntil;

  /** Gets ready beside the rest of the start. */
  public void open() {
    leases =
        CompletableFuture.supplyAsync(
            () -> SYSTEM.startsWith("linux") && ReadLease.load(home.data()),
            work -> new NamedThreads("writers").newThread(work).start());
  }

  /** Whether anybody has the file with this stamp open for writing. */
  public Answer of(Path file, FileStamp stamp) {
    if (SYSTEM.startsWith("windows")) {
      return byDenying(file);
    }
    if (!SYSTEM.startsWith("linux")) {
      return Answer.UNKNOWN;
    }
    Answer answer = isLocal(file, stamp) && leases.join() ? ReadLease.ask(file) : Answer.UNKNOWN;
    return answer == Answer.UNKNOWN && openFiles().holderOf(file, stamp).isPresent()
        ? Answer.SOMEBODY
        : answer;
  }

  /** Who has the file open for writing, for people. */
  public String holderOf(Path file, FileStamp stamp) {
    return openFiles().holderOf(file, stamp).orElse("a program that cannot be seen from here");
  }

  /** Windows lets nobody else write to a file that is opened like this, or refuses to open it. */
  private static Answer byDenying(Path file) {
    try (FileChannel opened =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, ExtendedOpenOption.NOSHARE_WRITE))) {
      return opened.isOpen() ? Answer.NOBODY : Answer.UNKNOWN;
    } catch (NoSuchFileException | AccessDeniedException e) {
      return Answer.UNKNOWN;
    } catch (FileSystemException e) {
      return Answer.SOMEBODY;
    } catch (IOException | UnsupportedOperationException e) {
      return Answer.UNKNOWN;
    }
  }

  private boolean isLocal(Path file, FileStamp stamp) {
    return local.computeIfAbsent(stamp.disk(), unknown -> LocalDisks.isOnThisMachine(file));
  }

  /** As they were a moment ago, which is later than a file was last changed that has settled. */
  private synchronized OpenFiles openFiles() {
    long begun = System.nanoTime();
    if (seen == null || begun - restUntil >= 0) {
      seen = OpenFiles.now();
      long ended = System.nanoTime();
      restUntil = ended + REST * (ended - begun);
    }
    return seen;
  }

  public void setHome(Home home) {
    this.home = home;
  }
}
