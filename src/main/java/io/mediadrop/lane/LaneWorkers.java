package io.mediadrop.lane;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one lane, as many as files it uploads at once; none while it is idle. */
public class LaneWorkers extends ThreadPoolExecutor {

  private static final long IDLE_SECONDS = 10;

  /** One worker, until more are set. */
  public LaneWorkers() {
    super(
        1,
        1,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new NamedThreads("lane"));
    allowCoreThreadTimeOut(true);
  }

  /** How many files are uploaded at once. */
  public void setConcurrency(int concurrency) {
    setMaximumPoolSize(concurrency);
    setCorePoolSize(concurrency);
  }
}
