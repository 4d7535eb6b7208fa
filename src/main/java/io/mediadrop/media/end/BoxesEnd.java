package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * ISO media and its kin (MP4, QuickTime, HEIC, AVIF, JPEG XL, JPEG 2000): the lengths of the boxes.
 * A recorder writes the index {@code moov} when it ends. What lies behind the boxes that count is
 * nobody's concern: players pass over a tag, a camera's trailer or free text.
 */
final class BoxesEnd {

  private static final Set<String> THAT_COUNT =
      Set.of("moov", "mdat", "moof", "meta", "mpvd", "jxlc", "jxlp", "jp2c");

  /** Kinds of pictures that are not packed: a black one is nothing but zeros. */
  private static final String PLAIN = "unci";

  private static final int PLACES = 8;
  private static final int MORE_THAN_PADDING = 8 * 1024;

  private BoxesEnd() {}

  static boolean ofMovie(FileBytes file) throws IOException {
    return ofMovie(file, 0);
  }

  /** Of a movie that begins here. */
  static boolean ofMovie(FileBytes file, long at) throws IOException {
    Map<String, Box> boxes = wholeBoxes(file, at, file.size());
    if (!boxes.keySet().containsAll(Set.of("moov", "mdat"))) {
      return false;
    }
    MovieSamples samples = new MovieSamples(file, boxes.get("moov"), at);
    boolean inParts = boxes.containsKey("moof");
    return inParts
        ? samples.arePlain() || !file.endsBlank(boxes.get("mdat").end())
        : samples.areThere();
  }

  /** A picture may lie in its description, a moving one has an index. */
  static boolean ofPicture(FileBytes file) throws IOException {
    Map<String, Box> boxes = wholeBoxes(file, 0, file.size());
    boolean described = boxes.containsKey("meta") || boxes.containsKey("moov");
    return described && (hasContent(file, boxes.get("mdat")) || isInDescription(file));
  }

  /** Without blocks of zeros at its end and at some places before, where it is packed. */
  private static boolean hasContent(FileBytes file, Box content) throws IOException {
    return content != null && (!isBlank(file, content) || isPlain(file));
  }

  private static boolean isBlank(FileBytes file, Box content) throws IOException {
    long length = content.end() - content.content();
    for (int place = 1; place < PLACES; place++) {
      if (file.isBlank(content.content() + length * place / PLACES, MORE_THAN_PADDING)) {
        return true;
      }
    }
    return file.endsBlank(content.end());
  }

  private static boolean isPlain(FileBytes file) {
    return new String(file.head(), StandardCharsets.ISO_8859_1).contains(PLAIN);
  }

  /** Without boxes it is one stream, whose length nobody tells. */
  static boolean ofJpegXl(FileBytes file) throws IOException {
    if (!file.has(4, "JXL ")) {
      return !file.endsBlank(file.size());
    }
    Map<String, Box> boxes = wholeBoxes(file, 0, file.size());
    Box last = boxes.getOrDefault("jxlc", boxes.get("jxlp"));
    return last != null && !file.endsBlank(last.end());
  }

  static boolean ofJpeg2000(FileBytes file) throws IOException {
    Box picture = wholeBoxes(file, 0, file.size()).get("jp2c");
    return picture != null && !file.endsBlank(picture.end());
  }

  /** A small picture may be part of the second box, which is the last one then. */
  private static boolean isInDescription(FileBytes file) throws IOException {
    long meta = file.big(0, 4);
    long end = meta + file.big(meta, 4);
    return end == file.size()
        && file.has(meta + 4, "meta")
        && wholeBoxes(file, meta + 12, end).containsKey("idat");
  }

  /**
   * The last box of each name from here on; none if one that counts is cut off, or zeros stand
   * where further parts of a recording should.
   */
  private static Map<String, Box> wholeBoxes(FileBytes file, long from, long to)
      throws IOException {
    Map<String, Box> boxes = new HashMap<>();
    long at = from;
    while (to - at >= Box.SMALL_HEADER) {
      Box box = Box.at(file, at, to);
      if (box == null) {
        break;
      }
      if (box.end() > to || box.end() < 0) {
        return THAT_COUNT.contains(box.name()) ? Map.of() : boxes;
      }
      if (boxes.containsKey("moof") && file.beginsBlank(at)) {
        return Map.of();
      }
      boxes.put(box.name(), box);
      at = box.end();
    }
    return boxes;
  }
}
