package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream in large blocks, so that content of any size passes through little memory. */
final class Blocks {
  static final int SIZE = 256 << 10;

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
    byte[] block = new byte[(int) Math.min(SIZE, Math.max(limit, 1) + 1)];
    long total = 0;
    int length;
    while (total <= limit && (length = in.readNBytes(block, 0, block.length)) > 0) {
      sink.take(block, length);
      total += length;
    }
    return total;
  }
}
