package io.mediadrop.lane;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Works off the files of one lane, so many at once as the lane may upload and as {@link Places} are
 * left to it. What waits takes no thread.
 */
public class LaneWorkers extends AbstractExecutorService {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private Places places;
  private int concurrency = 1;
  private int underWay;
  private boolean shutdown;

  @Override
  public void execute(Runnable work) {
    synchronized (places) {
      if (shutdown) {
        throw new RejectedExecutionException("the lane is being removed");
      }
      waiting.add(work);
      places.ask(this);
    }
  }

  /** Whether there is something to do for one more worker. */
  boolean canBegin() {
    return underWay < concurrency && !waiting.isEmpty();
  }

  /** How many files are under way. */
  int underWay() {
    return underWay;
  }

  /** Takes the next work, which is under way from then on. */
  Runnable begin() {
    underWay++;
    return waiting.remove();
  }

  void end() {
    underWay--;
    places.notifyAll();
  }

  /** How many files are uploaded at once. */
  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public void setPlaces(Places places) {
    this.places = places;
  }

  @Override
  public void shutdown() {
    synchronized (places) {
      shutdown = true;
      places.notifyAll();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    synchronized (places) {
      shutdown();
      List<Runnable> left = List.copyOf(waiting);
      waiting.clear();
      return left;
    }
  }

  @Override
  public boolean isShutdown() {
    synchronized (places) {
      return shutdown;
    }
  }

  @Override
  public boolean isTerminated() {
    synchronized (places) {
      return shutdown && underWay == 0 && waiting.isEmpty();
    }
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    synchronized (places) {
      for (long left = 1; left > 0 && !isTerminated(); left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(places, left);
      }
      return isTerminated();
    }
  }
}
