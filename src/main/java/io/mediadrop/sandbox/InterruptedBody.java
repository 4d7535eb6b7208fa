package io.mediadrop.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that something happens to after a number of bytes. */
final class InterruptedBody extends FilterInputStream {
  /** What happens; ends the call. */
  @FunctionalInterface
  interface Interruption {
    IOException strike() throws IOException;
  }

  private final Interruption interruption;
  private long left;

  InterruptedBody(InputStream in, long bytes, Interruption interruption) {
    super(in);
    this.left = bytes;
    this.interruption = interruption;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = left == 0 ? -1 : super.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw interruption.strike();
    }
    left -= read;
    return read;
  }
}
