package io.mediadrop.base;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads that can be told apart in a thread dump. */
public class NamedThreads implements ThreadFactory {

  private final AtomicInteger count = new AtomicInteger();
  private final String purpose;

  /** Threads named {@code mediadrop-<purpose>-<n>}. */
  public NamedThreads(String purpose) {
    this.purpose = purpose;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "mediadrop-" + purpose + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
