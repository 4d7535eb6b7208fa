package io.mediadrop.console;

import java.io.InputStream;

/** More than any socket keeps for somebody who does not read it. */
public final class LargeBody {

  static final long SIZE = 64L << 20;

  /** So many blanks. */
  public InputStream stream() {
    return new InputStream() {

      private long left = SIZE;

      @Override
      public int read() {
        return left-- > 0 ? ' ' : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int some = (int) Math.min(left, length);
        left -= some;
        return some == 0 ? -1 : some;
      }
    };
  }
}
