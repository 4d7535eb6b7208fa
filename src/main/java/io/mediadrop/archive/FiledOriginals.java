package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.Writers;
import io.mediadrop.file.Writers.Answer;
import io.mediadrop.ledger.FiledDrops;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches originals for some minutes after they were filed. Who had one open before goes on writing
 * to it under its new name, unless it was copied: what it is then is a file of its own, which goes
 * back to its lane's folder and is uploaded.
 */
class FiledOriginals {

  /** As long as a program has the original open, it is watched for longer. */
  static final Duration WATCHED = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Where the system does not say who writes, every file is watched; the oldest ones go first. */
  private static final int MOST = 10_000;

  /** Each look comes after twice the time of the one before, up to the longest. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final class Watched {
    private final Drop drop;
    private final long since = System.nanoTime();
    private long wait = FIRST.toNanos();
    private long dueAt = since + wait;
    private FileStamp good;
    private boolean told;

    private Watched(Drop drop) {
      this.drop = drop;
    }

    private boolean isDue() {
      return System.nanoTime() - dueAt >= 0;
    }

    private void later() {
      wait = Math.min(LONGEST.toNanos(), 2 * wait);
      dueAt = System.nanoTime() + wait;
    }

    private boolean isOver() {
      return System.nanoTime() - since >= WATCHED.toNanos();
    }
  }

  private final Deque<Watched> watched = new ArrayDeque<>();
  private final Home home;
  private final Originals originals;
  private final SentFiles sentFiles;
  private final FiledDrops filedDrops;
  private final ChangedOriginals changedOriginals;
  private final Writers writers;

  FiledOriginals(
      Home home,
      Originals originals,
      SentFiles sentFiles,
      FiledDrops filedDrops,
      ChangedOriginals changedOriginals,
      Writers writers) {
    this.home = home;
    this.originals = originals;
    this.sentFiles = sentFiles;
    this.filedDrops = filedDrops;
    this.changedOriginals = changedOriginals;
    this.writers = writers;
  }

  /** Begins with what an earlier run had filed not long ago. */
  void open() {
    filedDrops.within(WATCHED, MOST).forEach(this::add);
    watched.forEach(each -> each.dueAt = System.nanoTime());
    look();
  }

  /** An original has come to its place in the archive. */
  void filed(Drop drop) {
    if (drop.source().startsWith(home.data())) {
      // nobody else has ever known the copy of a file on a server
      return;
    }
    try {
      Path original = originals.original(drop);
      // who has closed it by now may have written since it was moved
      if (writers.of(original, FileStamp.of(original)) != Answer.NOBODY
          || !sentFiles.isSent(drop, original)) {
        add(drop);
      }
    } catch (IOException e) {
      LOG.debug("{} is not there any more", drop, e);
    }
  }

  private synchronized void add(Drop drop) {
    watched.add(new Watched(drop));
    if (watched.size() > MOST) {
      watched.remove();
    }
  }

  /** Looks at those that are due. */
  void look() {
    for (Watched each : due()) {
      if (isToBeWatched(each)) {
        each.later();
      } else {
        forget(each);
      }
    }
  }

  private synchronized List<Watched> due() {
    return new ArrayList<>(watched.stream().filter(Watched::isDue).toList());
  }

  private synchronized void forget(Watched each) {
    watched.remove(each);
  }

  private boolean isToBeWatched(Watched each) {
    Path original = originals.original(each.drop);
    try {
      FileStamp now = FileStamp.of(original);
      if (!now.equals(each.good)) {
        if (!sentFiles.isSent(each.drop, original)) {
          changedOriginals.putBack(each.drop);
          return false;
        }
        each.good = now;
      }
      Answer answer = writers.of(original, now);
      return answer == Answer.SOMEBODY || answer == Answer.UNKNOWN && !each.isOver();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException | JdbiException e) {
      if (!each.told) {
        each.told = true;
        LOG.error(
            "{} was changed after it was archived, and cannot be put back to be uploaded anew,"
                + " which is tried again: {}",
            each.drop,
            Printable.of(e.toString()));
      }
      return !each.isOver();
    }
  }
}
