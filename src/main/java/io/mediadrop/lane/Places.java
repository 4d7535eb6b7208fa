package io.mediadrop.lane;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.NamedThreads;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many files all lanes together upload at once. A place that becomes free goes to the
 * lane that has the fewest, and among such lanes to the one that has waited longest.
 */
public class Places {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private static final long IDLE_SECONDS = 10;

  private record Work(LaneWorkers lane, Runnable task) {}

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new NamedThreads("lane"));

  private final ThreadLocal<Place> mine = new ThreadLocal<>();
  private final Set<LaneWorkers> asking = new LinkedHashSet<>();
  private int atOnce;
  private int free;
  private int aside;
  private int returning;

  /**
   * How many files are uploaded at once.
   *
   * @throws ConfigurationMistake if it is none
   */
  public synchronized void setAtOnce(int atOnce) {
    if (atOnce < 1) {
      throw new ConfigurationMistake(
          "mediadrop.uploads.at-once (MEDIADROP_UPLOADS_AT_ONCE) is "
              + atOnce
              + ": write at least 1");
    }
    this.atOnce = atOnce;
    free = atOnce;
  }

  /** A lane has work; it is begun as soon as the lane gets a place. */
  synchronized void ask(LaneWorkers lane) {
    asking.add(lane);
    fill();
  }

  /** The place of the file that this thread works off; null if it works off none. */
  public Place mine() {
    return mine.get();
  }

  /** False if so many have done so that, if all came back, there would be far too many at once. */
  boolean giveBack() {
    if (aside == atOnce) {
      return false;
    }
    aside++;
    free++;
    notifyAll();
    fill();
    return true;
  }

  /** Waits for a place, as long as one is needed. */
  void takeWhenFree(BooleanSupplier needed) {
    boolean interrupted = false;
    returning++;
    while (needed.getAsBoolean() && free <= 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    returning--;
    if (needed.getAsBoolean()) {
      takeAnyway();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a place that may not be there; nothing is begun until others have given so many back. */
  void takeAnyway() {
    aside--;
    free--;
  }

  private void fill() {
    for (Work work = take(); work != null; work = take()) {
      Work first = work;
      threads.execute(() -> workOff(first));
    }
  }

  private void workOff(Work first) {
    for (Work work = first; work != null; work = end(work)) {
      mine.set(new Place(this));
      try {
        work.task().run();
      } catch (RuntimeException | Error e) {
        // whatever it is, the place has to go to the next one
        LOG.error("An error that mediadrop does not know", e);
      }
    }
    mine.remove();
  }

  private synchronized Work end(Work work) {
    work.lane().end();
    asking.add(work.lane());
    if (mine.get().end()) {
      free++;
    } else {
      aside--;
    }
    return take();
  }

  /** The next work together with a place for it, or null if there is none of either. */
  private synchronized Work take() {
    if (free <= returning) {
      return null;
    }
    asking.removeIf(lane -> !lane.canBegin());
    LaneWorkers lane =
        asking.stream().min(Comparator.comparingInt(LaneWorkers::underWay)).orElse(null);
    if (lane == null) {
      return null;
    }
    free--;
    asking.remove(lane);
    Work work = new Work(lane, lane.begin());
    asking.add(lane);
    return work;
  }

  /** Ends once the work is done that was begun. */
  public void close() {
    threads.shutdown();
  }
}
