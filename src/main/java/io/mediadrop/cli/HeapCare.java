package io.mediadrop.cli;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has the heap cleaned up once it holds twice what the last clean-up left. Java 17's serial
 * collector looks by itself before it lets the heap grow; that of Java 25 lets it grow to the most
 * that is allowed first.
 */
final class HeapCare {

  /** With less in use, in bytes, there is nothing to gain. */
  private static final long LITTLE = 56L << 20;

  private static final long EVERY_SECONDS = 1;

  private final LongSupplier used;
  private final Runnable cleanUp;
  private long limit = LITTLE;

  /** Looks after a heap of which so many bytes are in use, and which can be cleaned up. */
  HeapCare(LongSupplier used, Runnable cleanUp) {
    this.used = used;
    this.cleanUp = cleanUp;
  }

  /** Looks after the heap from now on, as long as the program runs. */
  static void begin() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(new NamedThreads("heap"));
    clock.scheduleWithFixedDelay(
        new HeapCare(HeapCare::used, System::gc)::look,
        EVERY_SECONDS,
        EVERY_SECONDS,
        TimeUnit.SECONDS);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Has one look. */
  void look() {
    if (used.getAsLong() > limit) {
      cleanUp.run();
      limit = Math.max(LITTLE, 2 * used.getAsLong());
    }
  }
}
