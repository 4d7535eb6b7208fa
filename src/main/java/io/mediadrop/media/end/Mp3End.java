package io.mediadrop.media.end;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/**
 * MP3: the length of the sound, which many encoders put into the first frame. A program that cuts
 * sound without encoding it anew leaves that length, but it cuts between two frames.
 */
final class Mp3End {

  private static final int LONGEST_FRAME = 2881;
  private static final int ID3V1 = 128;
  private static final int APE_FOOTER = 32;

  private Mp3End() {}

  static boolean isThere(FileBytes file) throws IOException {
    long first = file.skipZeros(Id3End.behind(file));
    if (first >= file.size()) {
      return false;
    }
    MpegFrame frame = MpegFrame.of(file.big(first, 4));
    if (frame == null) {
      return true;
    }
    long told = told(file, first, frame);
    return told <= file.size() - first
        ? !file.endsBlank(told == 0 ? file.size() : first + told)
        : endsWithAFrame(file, frame);
  }

  /** How many bytes there are from the first frame on; 0 if that is not told. */
  private static long told(FileBytes file, long first, MpegFrame frame) throws IOException {
    if (file.has(first + 36, "VBRI")) {
      return file.big(first + 46, 4);
    }
    long at = first + 4 + frame.sideInformation();
    if (!file.has(at, "Xing") && !file.has(at, "Info")) {
      return 0;
    }
    long flags = file.big(at + 4, 4);
    boolean bytes = (flags & 2) != 0;
    return bytes ? file.big(at + 8 + 4 * (flags & 1), 4) : 0;
  }

  private static boolean endsWithAFrame(FileBytes file, MpegFrame like) throws IOException {
    String tail = new String(file.tail(64 * 1024), ISO_8859_1);
    int end = withoutTags(tail);
    for (int at = Math.max(0, end - LONGEST_FRAME); at + 4 <= end; at++) {
      MpegFrame frame = MpegFrame.of(header(tail, at));
      if (frame != null && frame.isLike(like) && at + frame.length() == end) {
        return true;
      }
    }
    return false;
  }

  private static int withoutTags(String tail) {
    int end = tail.length();
    if (end >= ID3V1 && tail.startsWith("TAG", end - ID3V1)) {
      end -= ID3V1;
    }
    int footer = end - APE_FOOTER;
    if (footer >= 0 && tail.startsWith("APETAGEX", footer)) {
      int length = Integer.reverseBytes((int) header(tail, footer + 12));
      int start = end - length;
      boolean headed = tail.startsWith("APETAGEX", start - APE_FOOTER);
      end = Math.max(0, headed ? start - APE_FOOTER : start);
    }
    return end;
  }

  private static long header(String tail, int at) {
    return (long) tail.charAt(at) << 24
        | tail.charAt(at + 1) << 16
        | tail.charAt(at + 2) << 8
        | tail.charAt(at + 3);
  }
}
