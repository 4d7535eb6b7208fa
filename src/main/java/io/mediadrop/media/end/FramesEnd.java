package io.mediadrop.media.end;

import java.io.IOException;

/** Kinds that consist of frames with a length each, the last of which must be whole. */
final class FramesEnd {

  private FramesEnd() {}

  /** Something else may follow the frames that the header counts, if it does. */
  static boolean ofIvf(FileBytes file) throws IOException {
    long counted = file.little(24, 4);
    long frames = 0;
    long at = file.little(6, 2);
    while (at < file.size() && (counted == 0 || frames < counted)) {
      if (file.beginsBlank(at)) {
        return false;
      }
      at += 12 + file.little(at, 4);
      frames++;
    }
    return frames > 0 && at <= file.size() && frames >= counted;
  }

  /** True Audio: a table of all frames' lengths, its own checksum, then the frames. */
  static boolean ofTta(FileBytes file) throws IOException {
    long frame = 256 * file.little(10, 4) / 245;
    long frames = (file.little(14, 4) + frame - 1) / Math.max(1, frame);
    long table = 22;
    long length = table + 4 * frames + 4;
    for (long i = 0; i < frames; i++) {
      length += file.little(table + 4 * i, 4);
    }
    return length <= file.size() && !file.endsBlank(length);
  }

  /** A tag may follow the last block. */
  static boolean ofWavpack(FileBytes file) throws IOException {
    long at = 0;
    while (file.has(at, "wvpk")) {
      at += 8 + file.little(at + 4, 4);
    }
    boolean blank = file.endsBlank(at) || file.beginsBlank(at);
    return at <= file.size() && !isCutOff(file, at) && !blank;
  }

  private static boolean isCutOff(FileBytes file, long at) throws IOException {
    long left = file.size() - at;
    return left > 0 && left < 4 && "wvpk".startsWith(file.text(at, (int) left));
  }
}
