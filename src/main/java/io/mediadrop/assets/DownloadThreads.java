package io.mediadrop.assets;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that fetch files behind answers, one for each answer; none while none is due. */
public class DownloadThreads extends ThreadPoolExecutor {

  /** How many answers have their files fetched at once. */
  static final int AT_ONCE = 4;

  private static final long IDLE_SECONDS = 10;

  /** No thread until there is something to fetch. */
  public DownloadThreads() {
    super(
        AT_ONCE,
        AT_ONCE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new NamedThreads("download"));
    allowCoreThreadTimeOut(true);
  }
}
