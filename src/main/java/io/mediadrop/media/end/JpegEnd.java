package io.mediadrop.media.end;

import java.io.IOException;

/**
 * JPEG: the marker EOI behind the picture's own data. The thumbnail in front of these has one as
 * well, and so have the pictures that some cameras put behind them.
 */
final class JpegEnd {

  private static final String PICTURE = "\u00ff\u00d8\u00ff";
  private static final String EOI = "\u00ff\u00d9";

  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private JpegEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    return data(file, 0) <= file.size() - 2 && file.has(file.size() - 2, EOI)
        || isThereBeforeSomethingElse(file);
  }

  /** JPEG 2000 without a container; in its data, too, FF is never followed by more than 8F. */
  static boolean isThereInCodestream(FileBytes file) throws IOException {
    return file.has(file.size() - 2, EOI) || file.find(EOI, 2) >= 0;
  }

  /** In the data FF is followed by 00 or by a restart, so the first EOI there is the picture's. */
  private static boolean isThereBeforeSomethingElse(FileBytes file) throws IOException {
    long at = 0;
    do {
      long end = file.find(EOI, data(file, at));
      if (end < 0) {
        return false;
      }
      at = file.skipZeros(end + EOI.length());
    } while (file.has(at, PICTURE));
    // a motion photo: the picture, then a film, whose length begins with zeros
    for (long name = at + 1; name <= at + 4; name++) {
      if (file.has(name, "ftyp")) {
        return BoxesEnd.ofMovie(file, name - 4);
      }
    }
    return true;
  }

  /** Where the data of the picture begin that begins here. */
  private static long data(FileBytes file, long picture) throws IOException {
    long at = picture + 2;
    while (true) {
      int marker = (int) file.big(at, 2);
      if (marker == 0xff00 + END_OF_IMAGE) {
        return at;
      }
      if (marker >> 8 != 0xff || marker == 0xffff || isAlone(marker & 0xff)) {
        at += marker >> 8 == 0xff && marker != 0xffff ? 2 : 1;
        continue;
      }
      long segment = file.big(at + 2, 2);
      at += 2 + segment;
      if (marker == 0xff00 + START_OF_SCAN) {
        return at;
      }
    }
  }

  private static boolean isAlone(int marker) {
    return marker <= 1 || marker >= 0xd0 && marker <= 0xd8;
  }
}
