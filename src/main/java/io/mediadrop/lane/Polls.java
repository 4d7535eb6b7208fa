package io.mediadrop.lane;

import io.mediadrop.base.NamedThreads;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads that list the watched folders of all lanes; they never wait for anything else. */
public class Polls extends ScheduledThreadPoolExecutor {

  /** A folder on a share that does not answer holds one of them up. */
  private static final int THREADS = 4;

  /** A few threads for any number of lanes. */
  public Polls() {
    super(THREADS, new NamedThreads("polls"));
    setRemoveOnCancelPolicy(true);
  }
}
