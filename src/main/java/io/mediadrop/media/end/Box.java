package io.mediadrop.media.end;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of ISO media.
 *
 * @param content where it begins, behind length and name
 * @param end the first byte that is not in it any more, as it says
 */
record Box(String name, long content, long end) {

  static final int SMALL_HEADER = 8;
  private static final int LARGE_HEADER = 16;

  /** The one that begins here, and may reach behind this end; null if none does. */
  static Box at(FileBytes file, long at, long end) throws IOException {
    String name = file.text(at + 4, 4);
    long length = file.big(at, 4);
    if (length == 0) {
      return new Box(name, at + SMALL_HEADER, end); // all that is left
    }
    boolean large = length == 1;
    int header = large ? LARGE_HEADER : SMALL_HEADER;
    length = large ? file.big(at + SMALL_HEADER, 8) : length;
    return length < header ? null : new Box(name, at + header, at + length);
  }

  /** The first box of this name in another, and so on; null if there is none. */
  Box in(FileBytes file, String... path) throws IOException {
    Box box = this;
    for (String name : path) {
      Box found = null;
      for (Box each : box == null ? List.<Box>of() : box.boxes(file)) {
        found = found == null && each.name.equals(name) ? each : found;
      }
      box = found;
    }
    return box;
  }

  /** The boxes in it. */
  List<Box> boxes(FileBytes file) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long at = content;
    while (end - at >= SMALL_HEADER) {
      Box box = at(file, at, end);
      if (box == null || box.end <= at || box.end > end) {
        break;
      }
      boxes.add(box);
      at = box.end;
    }
    return boxes;
  }
}
