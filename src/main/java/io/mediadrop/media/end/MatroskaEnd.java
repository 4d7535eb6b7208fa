package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Matroska and WebM: the length of the segment. A live recording has none. */
final class MatroskaEnd {

  private static final long HEADER = 0x1a45dfa3L;
  private static final long SEGMENT = 0x18538067L;
  private static final long VOID = 0xec;
  private static final long ATTACHMENTS = 0x1941a469L;
  private static final long CHECKSUM = 0xbf;

  /** Codecs that have zeros for black and silence. */
  private static final List<String> PLAIN = List.of("A_PCM", "V_UNCOMPRESSED", "V_MS/VFW");

  private static final int PLACES = 8;
  private static final int BLANK = 8 * 1024;

  private MatroskaEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long at = 0;
    while (true) {
      int idBytes = bytes(file, at);
      long id = file.big(at, idBytes);
      at += idBytes;
      int lengthBytes = bytes(file, at);
      long mask = (1L << 7 * lengthBytes) - 1;
      long length = file.big(at, lengthBytes) & mask;
      at += lengthBytes;
      if (id == SEGMENT) {
        long end = length == mask ? file.size() : at + length;
        return end <= file.size() && end >= 0 && !isBlank(file, at, end);
      }
      if (id != HEADER && id != VOID && id != CHECKSUM) {
        return true;
      }
      at += length;
    }
  }

  /**
   * Whether zeros stand at the end of the segment, or at some places before, where no element says
   * that nothing is there, and nothing is said of plain sound or pictures.
   */
  private static boolean isBlank(FileBytes file, long from, long end) throws IOException {
    String head = new String(file.head(), StandardCharsets.ISO_8859_1);
    boolean plain = PLAIN.stream().anyMatch(head::contains);
    for (int place = 1; place < PLACES; place++) {
      long at = from + (end - from) / PLACES * place;
      if (file.isBlank(at, BLANK) && !isInElement(file, from, end, at, plain)) {
        return true;
      }
    }
    return file.endsBlank(end) && !isInElement(file, from, end, end - 1, plain);
  }

  /** Whether an element with no content begins before, or one with plain content. */
  private static boolean isInElement(FileBytes file, long from, long end, long blank, boolean plain)
      throws IOException {
    long at = from;
    while (at < end && file.big(at, 1) != 0) {
      int idBytes = bytes(file, at);
      long id = file.big(at, idBytes);
      int lengthBytes = bytes(file, at + idBytes);
      long mask = (1L << 7 * lengthBytes) - 1;
      long length = file.big(at + idBytes, lengthBytes) & mask;
      at += idBytes + lengthBytes + length;
      if (length == mask || at > blank) {
        return id == VOID || id == ATTACHMENTS || plain;
      }
    }
    return false;
  }

  /** As many as the first byte has zeros in front, and one. */
  private static int bytes(FileBytes file, long at) throws IOException {
    return Math.min(8, Integer.numberOfLeadingZeros((int) file.big(at, 1)) - 23);
  }
}
