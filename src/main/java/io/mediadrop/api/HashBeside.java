package io.mediadrop.api;

import io.mediadrop.lane.NamedThreads;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hashes what is sent in a thread of its own, while the next bytes are read and sent: hashing takes
 * longer than sending, and would otherwise add to it. One piece waits while another is hashed, so
 * that the thread always has something to do and {@link #BUFFERS} buffers are enough.
 */
class HashBeside implements AutoCloseable {

  /** How many pieces are in somebody's hand at most: read or sent, waiting, being hashed. */
  static final int BUFFERS = 3;

  private static final NamedThreads THREADS = new NamedThreads("hash");

  private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
  private final MessageDigest digest;
  private Future<?> latest;
  private Future<?> before;

  HashBeside(MessageDigest digest) {
    this.digest = digest;
  }

  /** Takes the next bytes, which must stay as they are until the call after the next returns. */
  void take(byte[] bytes, int length) throws IOException {
    await(before);
    before = latest;
    latest = thread.submit(() -> digest.update(bytes, 0, length));
  }

  /** Returns once everything is hashed. */
  void await() throws IOException {
    await(latest);
  }

  private static void await(Future<?> piece) throws IOException {
    try {
      if (piece != null) {
        piece.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("what was sent could not be hashed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it was sent", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
