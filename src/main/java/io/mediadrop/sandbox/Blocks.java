package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Reads a stream in large blocks, so that content of any size passes through little memory. */
final class Blocks {
  static final int SIZE = 128 << 10;

  // a new block per upload would keep the collector busier than the uploads do
  private static final Queue<byte[]> SPARES = new ArrayBlockingQueue<>(16);

  /** Takes each block in turn; its bytes are valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] block, int length) throws IOException;
  }

  private Blocks() {}

  /**
   * Pours a stream into a sink.
   *
   * @param limit bytes after which reading stops even if there are more, at least 0
   * @return how many bytes there were, at most about a block more than the limit
   */
  static long pour(InputStream in, long limit, Sink sink) throws IOException {
    byte[] spare = SPARES.poll();
    byte[] block = spare == null ? new byte[SIZE] : spare;
    try {
      long total = 0;
      int length;
      while (total <= limit && (length = in.readNBytes(block, 0, SIZE)) > 0) {
        sink.take(block, length);
        total += length;
      }
      return total;
    } finally {
      SPARES.offer(block);
    }
  }
}
