package io.mediadrop.media.end;

import java.io.IOException;
import java.util.Set;

/** Flash Video: the last tag, behind which its length stands again. */
final class FlvEnd {

  private static final int TAG_HEADER = 11;
  private static final Set<Integer> TYPES = Set.of(8, 9, 15, 18);

  private FlvEnd() {}

  static boolean isThere(FileBytes file) throws IOException {
    long end = file.size() - 4;
    long last = end - file.big(end, 4);
    boolean ends =
        last >= 13 && last <= end - TAG_HEADER && isTag(file, last) && behind(file, last) == end;
    return ends || isFollowedBySomethingElse(file);
  }

  private static boolean isFollowedBySomethingElse(FileBytes file) throws IOException {
    long at = 4 + file.big(5, 4);
    while (isTag(file, at)) {
      at = behind(file, at) + 4;
      if (at > file.size()) {
        return false;
      }
      if (at == file.size()) {
        return true;
      }
    }
    return !file.beginsBlank(at);
  }

  private static boolean isTag(FileBytes file, long at) throws IOException {
    return TYPES.contains((int) file.big(at, 1) & 0x1f);
  }

  private static long behind(FileBytes file, long tag) throws IOException {
    return tag + TAG_HEADER + file.big(tag + 1, 3);
  }
}
