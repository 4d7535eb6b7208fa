package io.mediadrop.media.end;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** Ogg: the last page, which is marked as such; a recording of a station may lack the mark. */
final class OggEnd {

  private static final String PAGE = "OggS";
  private static final int HEADER = 27;
  private static final int LONGEST_PAGE = HEADER + 255 + 255 * 255;
  private static final int LAST = 4;

  private OggEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    String tail = new String(file.tail(LONGEST_PAGE + PAGE.length()), ISO_8859_1);
    int page = tail.lastIndexOf(PAGE);
    boolean last = page >= 0 && page + 5 < tail.length() && (tail.charAt(page + 5) & LAST) != 0;
    if (!last && file.endsBlank(file.size())) {
      return false;
    }
    if (page < 0) {
      return true; // something else follows
    }
    int segments = page + HEADER;
    if (segments > tail.length() || segments + tail.charAt(segments - 1) > tail.length()) {
      return false;
    }
    int data = segments + tail.charAt(segments - 1);
    int length = tail.substring(segments, data).chars().sum();
    if (data + length > tail.length()) {
      return false;
    }
    String rest = tail.substring(data + length);
    if (file.endsBlank(file.size() - rest.length())) {
      return false;
    }
    return last || rest.isEmpty() || !PAGE.startsWith(rest);
  }
}
