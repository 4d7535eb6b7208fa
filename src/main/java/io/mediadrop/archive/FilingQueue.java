package io.mediadrop.archive;

import io.mediadrop.base.NamedThreads;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
public class FilingQueue {

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

  private record Task(Drop drop, Consumer<Boolean> whenDone) {}

  /** Comes last: wakes the thread that files, and lets it end. */
  private static final Task END = new Task(null, done -> {});

  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(MOST);
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Thread thread = new NamedThreads("filing").newThread(this::work);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final long patience;
  private Home home;
  private Filing filing;
  private volatile boolean abandoned;

  /** Lets a stop wait for a while. */
  public FilingQueue() {
    this(PATIENCE);
  }

  FilingQueue(Duration patience) {
    this.patience = patience.toMillis();
  }

  /** Begins with what an earlier run had uploaded or given up, but not put away. */
  public void open() {
    thread.start();
    home.closeFirst(this::close);
  }

  /**
   * Has a drop put away, now or soon.
   *
   * @param whenDone told whether nothing is left to be done for it
   */
  public void add(Drop drop, Consumer<Boolean> whenDone) {
    if (isClosed() || drop.state() != DropState.UPLOADED) {
      whenDone.accept(filing.putAway(drop));
      return;
    }
    waiting.add(drop.id());
    try {
      queue.put(new Task(drop, whenDone));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting.remove(drop.id());
      whenDone.accept(false);
    }
  }

  /** Whether the drop has its turn anyway. */
  public boolean has(Drop drop) {
    return thread.isAlive() && waiting.contains(drop.id());
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
      done = filing.putAway(tasks.stream().map(Task::drop).toList());
    } finally {
      for (int i = 0; i < done.length; i++) {
        Task task = tasks.get(i);
        boolean filed = done[i];
        waiting.remove(task.drop().id());
        attempt(() -> task.whenDone().accept(filed));
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

  public void setHome(Home home) {
    this.home = home;
  }

  public void setFiling(Filing filing) {
    this.filing = filing;
  }
}
