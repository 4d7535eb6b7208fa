package io.mediadrop.source;

import io.mediadrop.file.FileStamp;
import io.mediadrop.ledger.HeldFiles.Held;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has become of held files, as far as a whole listing of their folder shows it. */
class HeldChanges {

  private final Map<String, Held> held;
  private final HeldContents contents;
  private final Map<String, FileStamp> files;

  /**
   * Compares what is held with what was listed.
   *
   * @param contents knows what has the content of a held file
   * @param files each file that was seen, with its path below the lane's folder
   */
  HeldChanges(Map<String, Held> held, HeldContents contents, Map<String, FileStamp> files) {
    this.held = held;
    this.contents = contents;
    this.files = files;
  }

  /** Those that were not seen where they were; folders that were not looked into hide theirs. */
  Map<String, Held> away(Set<String> folders, Set<String> unseen) {
    Map<String, Held> away = new HashMap<>(held);
    away.keySet()
        .removeIf(path -> files.containsKey(path) || folders.contains(path) || isIn(path, unseen));
    return away;
  }

  /** Held files that are not what they were, but are where they were. */
  Map<String, Held> touched() {
    Map<String, Held> touched = new HashMap<>();
    held.forEach(
        (path, each) -> {
          FileStamp stamp = files.get(path);
          if (stamp != null && !text(stamp).equals(each.stamp())) {
            touched.put(path, new Held(text(stamp), each.connection()));
          }
        });
    return touched;
  }

  /** What has another name in the folder than it had. */
  Map<String, Held> moved(Map<String, Held> away) {
    Map<String, Held> byStamp = new HashMap<>();
    away.values().forEach(each -> byStamp.put(each.stamp(), each));
    byStamp.remove("");
    Map<String, Held> moved = new HashMap<>();
    files.forEach(
        (path, stamp) -> {
          Held same = byStamp.get(text(stamp));
          if (same != null && !held.containsKey(path)) {
            moved.put(path, same);
          }
        });
    return moved;
  }

  /** Second names of held files, and what has the content of one. */
  Map<String, Held> copies() {
    Map<String, Held> byStamp = new HashMap<>();
    held.forEach(
        (path, each) -> {
          FileStamp stamp = files.get(path);
          if (stamp != null && !stamp.key().isEmpty()) {
            byStamp.put(text(stamp), each);
          }
        });
    Map<String, Held> copies = new HashMap<>();
    files.forEach(
        (path, stamp) -> {
          Held second = byStamp.get(text(stamp));
          if ((second != null || contents.haveSize(stamp.size())) && !isIn(path, held.keySet())) {
            Optional.ofNullable(second)
                .or(() -> contents.originalOf(path, stamp).original())
                .ifPresent(
                    original -> copies.put(path, new Held(text(stamp), original.connection())));
          }
        });
    return copies;
  }

  /** Whether a path, or a folder that it is in, is one of these. */
  static boolean isIn(String path, Set<String> folders) {
    for (Path at = Path.of(path); at != null; at = at.getParent()) {
      if (folders.contains(at.toString())) {
        return true;
      }
    }
    return false;
  }

  /** Which file it is, wherever it is renamed to. */
  static String text(FileStamp stamp) {
    return stamp.key() + " " + stamp.size() + " " + stamp.modified();
  }

  /** The size of the file that has such a text; negative for a folder. */
  static long sizeIn(String text) {
    String[] parts = text.split(" ");
    return parts.length < 2 ? -1 : Long.parseLong(parts[parts.length - 2]);
  }
}
