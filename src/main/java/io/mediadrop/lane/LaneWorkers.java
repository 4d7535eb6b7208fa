package io.mediadrop.lane;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one lane, as many as files it uploads at once; none while it is idle. */
public class LaneWorkers extends ThreadPoolExecutor {

  private static final long IDLE_SECONDS = 10;

  /** Workers for a lane that uploads this many files at once. */
  public LaneWorkers(int concurrency) {
    super(
        concurrency,
        concurrency,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new NamedThreads("lane"));
    allowCoreThreadTimeOut(true);
  }
}
