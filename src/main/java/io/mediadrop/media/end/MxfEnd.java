package io.mediadrop.media.end;

import java.io.IOException;

/** MXF: the footer, which the first partition tells the place of once the recording has ended. */
final class MxfEnd {

  private static final String KEY = "\u0006\u000e\u002b\u0034";
  private static final String PARTITION =
      KEY + "\u0002\u0005\u0001\u0001\r\u0001\u0002\u0001\u0001";

  private MxfEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long footer = file.big(value(file, 0) + 24, 8);
    if (footer == 0) {
      return true;
    }
    if (!file.has(footer, PARTITION)) {
      return false;
    }
    long at = footer;
    while (file.has(at, KEY)) {
      long value = value(file, at);
      at = value + length(file, at);
    }
    return at <= file.size();
  }

  private static long value(FileBytes file, long key) throws IOException {
    int first = (int) file.big(key + 16, 1);
    return key + 17 + (first < 0x80 ? 0 : first & 0xf);
  }

  private static long length(FileBytes file, long key) throws IOException {
    int first = (int) file.big(key + 16, 1);
    return first < 0x80 ? first : file.big(key + 17, Math.min(8, first & 0xf));
  }
}
