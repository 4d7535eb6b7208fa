package io.mediadrop.media.end;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * ISO media and its kin (MP4, QuickTime, HEIC, AVIF, JPEG XL, JPEG 2000): the lengths of the boxes.
 * A recorder writes the index {@code moov} when it ends. What lies behind the boxes that count is
 * nobody's concern: players pass over a tag, a camera's trailer or free text.
 */
final class BoxesEnd {

  private static final Set<String> THAT_COUNT =
      Set.of("moov", "mdat", "moof", "meta", "mpvd", "jxlc", "jxlp", "jp2c");

  private static final int SMALL_HEADER = 8;
  private static final int LARGE_HEADER = 16;

  private BoxesEnd() {}

  static boolean ofMovie(FileBytes file) throws IOException {
    return ofMovie(file, 0);
  }

  /** Of a movie that begins here. */
  static boolean ofMovie(FileBytes file, long at) throws IOException {
    return wholeBoxes(file, at, file.size()).containsAll(Set.of("moov", "mdat"));
  }

  /** A picture may lie in its description, a moving one has an index. */
  static boolean ofPicture(FileBytes file) throws IOException {
    Set<String> boxes = wholeBoxes(file, 0, file.size());
    boolean described = boxes.contains("meta") || boxes.contains("moov");
    return described && (boxes.contains("mdat") || isInDescription(file));
  }

  /** Without boxes it is one stream, whose length nobody tells. */
  static boolean ofJpegXl(FileBytes file) throws IOException {
    if (!file.has(4, "JXL ")) {
      return true;
    }
    Set<String> boxes = wholeBoxes(file, 0, file.size());
    return boxes.contains("jxlc") || boxes.contains("jxlp");
  }

  static boolean ofJpeg2000(FileBytes file) throws IOException {
    return wholeBoxes(file, 0, file.size()).contains("jp2c");
  }

  /** A small picture may be part of the second box, which is the last one then. */
  private static boolean isInDescription(FileBytes file) throws IOException {
    long meta = file.big(0, 4);
    long end = meta + file.big(meta, 4);
    return end == file.size()
        && file.has(meta + 4, "meta")
        && wholeBoxes(file, meta + 12, end).contains("idat");
  }

  /** The names of all boxes from here on; none if one that counts is cut off. */
  private static Set<String> wholeBoxes(FileBytes file, long from, long to) throws IOException {
    Set<String> boxes = new HashSet<>();
    long at = from;
    while (to - at >= SMALL_HEADER) {
      String name = file.text(at + 4, 4);
      long length = length(file, at, to - at);
      if (length < SMALL_HEADER) {
        break;
      }
      if (length > to - at) {
        return THAT_COUNT.contains(name) ? Set.of() : boxes;
      }
      boxes.add(name);
      at += length;
    }
    return boxes;
  }

  /** Zero stands for all that is left, one for a length of 64 bits; less than eight is none. */
  private static long length(FileBytes file, long at, long rest) throws IOException {
    long length = file.big(at, 4);
    if (length == 1) {
      long large = file.big(at + SMALL_HEADER, 8);
      return large < LARGE_HEADER ? -1 : large;
    }
    return length == 0 ? rest : length;
  }
}
