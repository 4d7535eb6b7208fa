package io.mediadrop.archive;

import io.mediadrop.base.NamedThreads;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files uploaded drops beside the uploads, in the order in which they come, and several at a time:
 * the disk is waited for once for all of them. What is not filed before a stop is filed at the next
 * start.
 */
class FilingQueue {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final int BATCH = 500;

  /**
   * After each batch the disk is left to the uploads for so many times as long as it took, unless
   * the next batch is full already; what gathers is filed together, with fewer waits for the disk.
   */
  private static final int REST = 3;

  private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

  /** With more the uploads wait: the disk cannot keep up with the network. */
  private static final int MOST = 10_000;

  /** How long a stop waits for what is left to be filed, and then for what is being filed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A drop that is to be filed, and who is to be told of that, if somebody is. */
  private static final class Task {
    private final Drop drop;
    private Consumer<Boolean> follower;
    private boolean ended;

    private Task(Drop drop, Consumer<Boolean> follower) {
      this.drop = drop;
      this.follower = follower;
    }

    /** False if it has come to its end. */
    private synchronized boolean follow(Consumer<Boolean> whenDone) {
      if (!ended) {
        follower = whenDone;
      }
      return !ended;
    }

    private void end(boolean filed) {
      tellAtTheEnd().accept(filed);
    }

    private synchronized Consumer<Boolean> tellAtTheEnd() {
      ended = true;
      return follower;
    }
  }

  private static final Consumer<Boolean> NOBODY = filed -> {};

  /** Comes last: wakes the thread that files, and lets it end. */
  private static final Task END = new Task(null, NOBODY);

  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MOST);
  private final Map<Long, Task> waiting = new ConcurrentHashMap<>();
  private final Thread thread = new NamedThreads("filing").newThread(this::work);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final long patience;
  private final Home home;
  private final Filing filing;
  private volatile boolean abandoned;

  /** Lets a stop wait for a while. */
  FilingQueue(Home home, Filing filing) {
    this(home, filing, PATIENCE);
  }

  FilingQueue(Home home, Filing filing, Duration patience) {
    this.home = home;
    this.filing = filing;
    this.patience = patience.toMillis();
  }

  /** Begins with what an earlier run had uploaded or given up, but not put away. */
  void open() {
    thread.start();
  }

  /** Has a drop put away if it has ended: an uploaded one soon, any other at once. */
  void add(Drop drop) {
    if (drop.state() == DropState.UPLOADED && !isClosed() && !isOfServer(drop)) {
      add(drop, NOBODY);
    } else if (drop.state() == DropState.UPLOADED || drop.state() == DropState.FAILED) {
      filing.putAway(drop);
    }
  }

  /** Whoever has fetched it puts the original away there as well, and waits for this. */
  private boolean isOfServer(Drop drop) {
    return drop.source().startsWith(home.data());
  }

  void add(Drop drop, Consumer<Boolean> whenDone) {
    Task task = new Task(drop, whenDone);
    waiting.put(drop.id(), task);
    try {
      queue.put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting.remove(drop.id());
    }
  }

  /**
   * Has somebody told once a drop is put away that was added, or at once where that was done.
   *
   * @param whenDone told whether nothing is left to be done for it
   */
  void follow(Drop drop, Consumer<Boolean> whenDone) {
    Task task = waiting.get(drop.id());
    if (task == null || !task.follow(whenDone)) {
      whenDone.accept(!Thread.currentThread().isInterrupted() && filing.putAway(drop));
    }
  }

  /** Whether the drop has its turn anyway. */
  boolean has(Drop drop) {
    return thread.isAlive() && waiting.containsKey(drop.id());
  }

  private void work() {
    attempt(filing::putAwayLeft);
    try {
      for (Task first = queue.take(); first != END && !abandoned; first = queue.take()) {
        Task next = first;
        long begun = System.nanoTime();
        attempt(() -> file(next));
        if (queue.size() < BATCH) {
          long rest = Math.min(LONGEST_REST, REST * (System.nanoTime() - begun));
          closing.await(rest, TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      abandoned = true;
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /** What goes wrong with some drops is no reason to file no others. */
  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("An error that mediadrop does not know", e);
    }
  }

  private void file(Task first) {
    List<Task> tasks = new ArrayList<>(List.of(first));
    // nobody else takes from the queue
    for (Task next = queue.peek();
        next != null && next != END && tasks.size() < BATCH;
        next = queue.peek()) {
      tasks.add(queue.remove());
    }
    boolean[] done = new boolean[tasks.size()];
    try {
      done = filing.putAway(tasks.stream().map(task -> task.drop).toList());
    } finally {
      for (int i = 0; i < done.length; i++) {
        Task task = tasks.get(i);
        boolean filed = done[i];
        attempt(() -> task.end(filed));
        waiting.remove(task.drop.id());
      }
    }
  }

  /** Ends once everything is filed, or when that takes too long: a disk may hang for ever. */
  void close() {
    closing.countDown();
    try {
      if (queue.offer(END, patience, TimeUnit.MILLISECONDS)) {
        thread.join(patience);
      }
      abandoned = true;
      thread.join(patience);
    } catch (InterruptedException e) {
      abandoned = true;
      Thread.currentThread().interrupt();
    }
  }
}
