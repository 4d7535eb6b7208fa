package io.mediadrop.assets;

import java.time.Duration;

/**
 * What a call has brought so far, and whether that is too little: a server that sends a byte now
 * and then would never meet a time-out for a single one. From connecting to its last byte.
 */
class Progress {

  /** What a call has to bring in the time that it is given, in bytes. */
  static final int LEAST = 256 * 1024;

  private final Duration patience;
  private volatile long brought;
  private long since = System.nanoTime();
  private long broughtThen;

  /** It has to bring the least in this time, again and again. */
  Progress(Duration patience) {
    this.patience = patience;
  }

  /** So many bytes have come by now. */
  void brought(long bytes) {
    brought = bytes;
  }

  /** Why nobody should wait for the rest; null if there is hope. To be asked now and then. */
  String fault() {
    if (System.nanoTime() - since <= patience.toNanos()) {
      return null;
    }
    long more = brought - broughtThen;
    since = System.nanoTime();
    broughtThen = brought;
    return more < LEAST
        ? "it brought %d bytes in %d ms".formatted(more, patience.toMillis())
        : null;
  }
}
