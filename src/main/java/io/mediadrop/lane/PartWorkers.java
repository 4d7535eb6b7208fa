package io.mediadrop.lane;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that send the parts of large files. There are as many as are needed, since the lanes'
 * concurrency and the parts in flight bound them already, and one lane must not wait for another.
 */
public class PartWorkers extends ThreadPoolExecutor {

  private static final long IDLE_SECONDS = 10;

  /** No thread until there is a part to send. */
  public PartWorkers() {
    super(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new NamedThreads("parts"));
  }
}
