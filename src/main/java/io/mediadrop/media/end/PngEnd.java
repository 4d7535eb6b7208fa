package io.mediadrop.media.end;

import java.io.IOException;

/** PNG and its animated kin: the chunk IEND, in MNG the chunk MEND. */
final class PngEnd {

  private static final String IEND = "\0\0\0\0IEND\u00aeB`\u0082";

  private PngEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    return file.has(file.size() - IEND.length(), IEND) && !isMng(file) || hasLastChunk(file);
  }

  private static boolean hasLastChunk(FileBytes file) throws IOException {
    String last = isMng(file) ? "MEND" : "IEND";
    long at = 8;
    while (true) {
      String name = file.text(at + 4, 4);
      if (!name.chars().allMatch(c -> c >= 'A' && c <= 'z')) {
        return false;
      }
      at += 12 + file.big(at, 4);
      if (name.equals(last)) {
        return at <= file.size();
      }
    }
  }

  private static boolean isMng(FileBytes file) throws IOException {
    return file.has(1, "MNG");
  }
}
