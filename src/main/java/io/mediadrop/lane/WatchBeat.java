package io.mediadrop.lane;

import io.mediadrop.base.NamedThreads;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** When it is shown again of each held folder that it is held. */
class WatchBeat {

  /** In seconds. */
  private static final int BEAT = 10;

  private final Map<Path, Lane> held = new ConcurrentHashMap<>();

  /**
   * Folders that a thread is at just now: one on a share that hangs must not hold up the others.
   */
  private final Map<Path, Thread> busy = new ConcurrentHashMap<>();

  private final ExecutorService hands =
      Executors.newCachedThreadPool(new NamedThreads("watch-notes"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new NamedThreads("watch-beat"));
  private final Consumer<Lane> show;

  /** Shows it by this, which throws nothing. */
  WatchBeat(Consumer<Lane> show) {
    this.show = show;
  }

  void start() {
    clock.scheduleWithFixedDelay(() -> hands.execute(this::beat), BEAT, BEAT, TimeUnit.SECONDS);
  }

  void stop() {
    clock.shutdownNow();
    hands.shutdownNow();
  }

  /** The lane's folder is held from now on. */
  void begin(Lane lane) {
    held.put(lane.place(), lane);
  }

  /** The lane's folder is held no more; false if it was not. */
  boolean end(Lane lane) {
    return held.remove(lane.place(), lane);
  }

  private void beat() {
    held.forEach(
        (folder, lane) -> {
          if (busy.putIfAbsent(folder, Thread.currentThread()) == null) {
            try {
              show.accept(lane);
            } finally {
              busy.remove(folder);
            }
          }
        });
  }
}
