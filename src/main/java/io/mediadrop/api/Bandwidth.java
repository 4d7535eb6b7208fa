package io.mediadrop.api;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Holds what all uploads of this process send together to so many bytes per second. They take
 * turns, each time for a few bytes, so that all get the same.
 */
class Bandwidth {

  /** An upload that waits for its turn and is broken off has ended soon. */
  private static final int TURNS_PER_SECOND = 50;

  /** What was not sent in time is made up for as far as this goes. */
  private static final long CATCHING_UP = Duration.ofMillis(50).toNanos();

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final LongConsumer rest;
  private long next;

  /** As much as the line takes if this is 0. */
  Bandwidth(long bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * The same by another clock.
   *
   * @param rest waits for so many nanoseconds or less
   */
  Bandwidth(long bytesPerSecond, LongSupplier nanoTime, LongConsumer rest) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.rest = rest;
    next = nanoTime.getAsLong();
  }

  /**
   * What one upload may send of it.
   *
   * @param upload by which it is told apart: those who send parts of one file have one turn
   */
  Share share(Object upload) {
    return new Share(this, upload);
  }

  /** The turns of one upload. */
  record Share(Bandwidth bandwidth, Object upload) {

    /** How many of so many bytes, at least one, go at a time. */
    int turn(int bytes) {
      long all = bandwidth.bytesPerSecond;
      return all == 0 ? bytes : (int) Math.min(bytes, Math.max(1, all / TURNS_PER_SECOND));
    }

    /** Returns when so many bytes, one turn at most, may be sent. */
    void await(int bytes) throws InterruptedIOException {
      if (bandwidth.bytesPerSecond > 0) {
        synchronized (upload) {
          bandwidth.await(bytes);
        }
      }
    }
  }

  private void await(int bytes) throws InterruptedIOException {
    long at = reserve(bytes);
    for (long left = at - nanoTime.getAsLong(); left > 0; left = at - nanoTime.getAsLong()) {
      rest.accept(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while it waited for the bandwidth");
      }
    }
  }

  /** When these bytes may go: after those of whoever has come before. */
  private synchronized long reserve(int bytes) {
    long earliest = nanoTime.getAsLong() - CATCHING_UP;
    long at = next - earliest > 0 ? next : earliest;
    next = at + bytes * SECOND / bytesPerSecond;
    return at;
  }
}
