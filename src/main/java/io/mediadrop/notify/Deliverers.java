package io.mediadrop.notify;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one endpoint, as many as deliveries it gets at once; none while it is idle. */
public class Deliverers extends ThreadPoolExecutor {

  private static final int AT_ONCE = 8;
  private static final long IDLE_SECONDS = 10;

  /** No thread until there is something to deliver. */
  public Deliverers() {
    super(
        AT_ONCE,
        AT_ONCE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new NamedThreads("outbox"));
    allowCoreThreadTimeOut(true);
  }
}
