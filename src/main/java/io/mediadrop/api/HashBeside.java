package io.mediadrop.api;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hashes what is sent in a thread of its own, while the next bytes are read and sent: hashing takes
 * longer than sending, and would otherwise add to it. Pieces are handed over several at a time,
 * because to wake a thread for each takes time from both. One handful waits while another is
 * hashed, so that the thread always has something to do.
 */
class HashBeside implements AutoCloseable {

  /** Pieces in a handful. */
  private static final int HANDFUL = 8;

  /** How many pieces are in somebody's hand at most: being gathered, waiting, being hashed. */
  static final int BUFFERS = 3 * HANDFUL;

  private static final NamedThreads THREADS = new NamedThreads("hash");

  private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
  private final MessageDigest digest;
  private List<ByteBuffer> gathered = new ArrayList<>(HANDFUL);
  private Future<?> latest;
  private Future<?> before;

  HashBeside(MessageDigest digest) {
    this.digest = digest;
  }

  /** Takes the next bytes, which must stay as they are until {@link #BUFFERS} more are taken. */
  void take(byte[] bytes, int length) throws IOException {
    gathered.add(ByteBuffer.wrap(bytes, 0, length));
    if (gathered.size() == HANDFUL) {
      handOver();
    }
  }

  private void handOver() throws IOException {
    List<ByteBuffer> handful = gathered;
    gathered = new ArrayList<>(HANDFUL);
    await(before);
    before = latest;
    latest = thread.submit(() -> handful.forEach(digest::update));
  }

  /** Returns once everything is hashed. */
  void await() throws IOException {
    handOver();
    await(before);
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
