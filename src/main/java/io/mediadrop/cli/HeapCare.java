package io.mediadrop.cli;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the heap cleaned up once it holds twice what the last clean-up left. Java 17's serial
 * collector looks by itself before it lets the heap grow; that of Java 25 lets it grow to the most
 * that is allowed first.
 */
final class HeapCare {

  /** With less in use, in bytes, there is nothing to gain. */
  private static final long LITTLE = 56L << 20;

  private static final long EVERY_SECONDS = 1;

  private final Runtime runtime = Runtime.getRuntime();
  private long limit = LITTLE;

  private HeapCare() {}

  /** Looks after the heap from now on, as long as the program runs. */
  static void begin() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(new NamedThreads("heap"));
    clock.scheduleWithFixedDelay(
        new HeapCare()::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    if (used() > limit) {
      System.gc();
      limit = Math.max(LITTLE, 2 * used());
    }
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
