package io.mediadrop.media.end;

import java.io.IOException;

/** A tag in front of the sound, which may be larger than what a broken copy has. */
final class Id3End {

  private Id3End() {}

  static boolean isThere(FileBytes file) throws IOException {
    return behind(file) < file.size() && !file.endsBlank(file.size());
  }

  /** Where the sound begins; 0 if there is no tag. */
  static long behind(FileBytes file) throws IOException {
    if (!file.has(0, "ID3")) {
      return 0;
    }
    long length = 0;
    for (int i = 6; i < 10; i++) {
      length = length << 7 | file.big(i, 1) & 0x7f;
    }
    boolean footer = (file.big(5, 1) & 0x10) != 0;
    return 10 + length + (footer ? 10 : 0);
  }
}
