package io.mediadrop.media.end;

import java.io.IOException;
import java.util.Arrays;

/**
 * FLAC: the number of samples. The last frame tells where in the sound it begins, and ends with a
 * checksum.
 */
final class FlacEnd {

  private static final int STREAM_INFO = 8;
  private static final int LONGEST_FRAME = 1 << 20;

  private FlacEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long info = Id3End.behind(file) + STREAM_INFO;
    long samples = file.big(info + 13, 5) & 0xfffffffffL;
    long longest = file.big(info + 7, 3);
    if (samples == 0) {
      return true;
    }
    int reach = (int) Math.min(LONGEST_FRAME, 2 * (longest == 0 ? LONGEST_FRAME / 2 : longest));
    byte[] tail = file.tail(reach);
    // a frame of silence is shorter than the longest header
    byte[] headers = Arrays.copyOf(tail, tail.length + FlacFrame.LONGEST);
    long block = file.big(info, 2);
    boolean frames = false;
    for (int at = 0; at < tail.length; at++) {
      FlacFrame frame = FlacFrame.at(headers, at, block);
      if (frame != null && frame.end() >= samples && isWhole(tail, at, longest)) {
        return true;
      }
      frames |= frame != null;
    }
    // none can be seen where much of something else follows, or where the sound has yet to begin
    return !frames
        && file.size() - sound(file, info - 4) > tail.length
        && !file.endsBlank(file.size());
  }

  /** Behind the blocks that describe it, the last one of which is marked. */
  private static long sound(FileBytes file, long description) throws IOException {
    long at = description;
    boolean last;
    do {
      last = file.big(at, 1) >= 0x80;
      at += 4 + file.big(at + 1, 3);
    } while (!last);
    return at;
  }

  /** Whether the frame that begins here ends somewhere, be it in front of something else. */
  private static boolean isWhole(byte[] tail, int at, long longest) {
    return Crc.becomesZero16(tail, at) || longest > 0 && tail.length - at > longest;
  }
}
