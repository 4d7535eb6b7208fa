package io.mediadrop.media.end;

import java.io.IOException;

/** Windows Media: the length of the file in its properties. A broadcast has none. */
final class AsfEnd {

  private static final String PROPERTIES =
      "\u00a1\u00dc\u00ab\u008c\u0047\u00a9\u00cf\u0011\u008e\u00e4\u0000\u00c0\u000c\u0020\u0053\u0065";

  private static final int ID = 16;
  private static final int OBJECT = ID + 8;
  private static final int LONGEST_PACKET = 64 * 1024;
  private static final int LEAST_BLANK = 1024;

  private AsfEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long header = file.little(ID, 8);
    long at = OBJECT + 6;
    while (at + OBJECT <= header) {
      if (file.has(at, PROPERTIES)) {
        boolean broadcast = (file.little(at + 88, 4) & 1) != 0;
        long length = file.little(at + 40, 8);
        return broadcast
            || !isBlank(file, Math.min(length, file.size()), file.little(at + 92, 4))
                && (length <= file.size() || endsWithAnObject(file));
      }
      at += Math.max(OBJECT, file.little(at + ID, 8));
    }
    return header <= file.size();
  }

  /** The last packet may be filled up with zeros. */
  private static boolean isBlank(FileBytes file, long end, long packet) throws IOException {
    int blank = (int) Math.min(LONGEST_PACKET, packet) + LEAST_BLANK;
    return file.isBlank(end - blank, blank);
  }

  /** Programs that change the tags do not always change the length. */
  private static boolean endsWithAnObject(FileBytes file) throws IOException {
    long at = 0;
    while (at < file.size()) {
      long length = file.little(at + ID, 8);
      if (length < OBJECT) {
        return false;
      }
      at += length;
    }
    return at == file.size();
  }
}
