package io.mediadrop.source;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.Lane;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.HeldFiles.Held;
import io.mediadrop.ledger.LaneFolders;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lay in a lane's folder when the lane got another connection. It was put there for the one
 * before, and is not taken until a person takes it out of the folder and puts it in again. A second
 * name of such a file is the same file, and a copy is the same photo: they are held as well, until
 * all are out of the folder.
 */
public class HeldBack {

  /** Reads files, given by their paths below the lane's folder. */
  @FunctionalInterface
  public interface Content {
    /** The content of a file, from its beginning; null if it is not there or must not be read. */
    InputStream of(Path file) throws Exception;
  }

  /** So many files are named in one line. */
  private static final int MOST_NAMES = 3;

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final HeldFiles heldFiles;
  private final String connection;
  private final String before;
  private final HeldContents contents;
  private final Map<String, Held> held;
  private boolean noted;
  private Set<String> awayBefore = Set.of();

  /** Enters a lane's folder, which is the lane's from now on. */
  public HeldBack(Lane lane, LaneFolders laneFolders, HeldFiles heldFiles, Content content) {
    this.lane = lane;
    this.heldFiles = heldFiles;
    contents = new HeldContents(content);
    connection = heldFiles.fingerprint(lane.getConnectionId());
    before = laneFolders.remember(lane.place(), lane.directory(), lane.name(), connection);
    lane.enter(connection);
    noted = before.equals(connection);
    held = new HashMap<>(heldFiles.in(lane.place()));
    contents.compareWith(held);
    if (noted) {
      tell();
    }
  }

  private void tell() {
    if (!held.isEmpty()) {
      remark();
      LOG.warn("Lane {}: {}", lane, lane.remark());
    }
  }

  private void remark() {
    lane.remark(
        ("what lay in %s before the lane got another connection is left where it is (%d files or"
                + " folders): to have it uploaded for that one, move it out of the folder and, a"
                + " minute later, in again")
            .formatted(lane.watches(), held.size()));
  }

  private void tellOfCopies(Set<String> copies) {
    if (!copies.isEmpty()) {
      LOG.warn(
          "Lane {}: left where it is, since its content lay in {} before the lane got another"
              + " connection: {} (to have it uploaded, move all files with that content out of the"
              + " folder and, a minute later, in again)",
          lane,
          lane.watches(),
          Printable.of(named(copies)));
    }
  }

  private static String named(Set<String> files) {
    String names = files.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int others = files.size() - MOST_NAMES;
    return others > 0 ? names + " and " + others + " others" : names;
  }

  /** Whether it has to be told of listings, and asked about files. */
  public boolean listens() {
    return !noted || !held.isEmpty();
  }

  /**
   * Takes note of a whole listing.
   *
   * @param files each file that was seen, with its path below the lane's folder
   * @param folders the folders below that were seen
   * @param unseen those of them that were not looked into
   */
  public void listed(Map<String, FileStamp> files, Set<String> folders, Set<String> unseen) {
    if (!noted) {
      note(files, unseen);
    } else if (!held.isEmpty()) {
      follow(files, folders, unseen);
    }
  }

  private void note(Map<String, FileStamp> files, Set<String> unseen) {
    Map<String, Held> lay = new HashMap<>();
    files.forEach((path, stamp) -> lay.put(path, new Held(text(stamp), before)));
    unseen.forEach(path -> lay.put(path, new Held("", before)));
    heldFiles.change(lane.place(), connection, lay);
    held.clear();
    held.putAll(heldFiles.in(lane.place()));
    contents.compareWith(held);
    noted = true;
    tell();
  }

  private void follow(Map<String, FileStamp> files, Set<String> folders, Set<String> unseen) {
    Map<String, Held> away = new HashMap<>(held);
    away.keySet()
        .removeIf(path -> files.containsKey(path) || folders.contains(path) || isIn(path, unseen));
    contents.forgetAllBut(files.keySet());
    // asked as soon as a file is seen: its original may go before it has settled
    Map<String, Held> copies = copies(files);
    Map<String, Held> known = touched(files);
    known.putAll(moved(away, files));
    known.putAll(copies);
    // what is moved while the folder is listed may be seen nowhere once
    Set<String> gone = new HashSet<>(contents.isUndecided() ? Set.of() : away.keySet());
    gone.retainAll(awayBefore);
    awayBefore = away.keySet();
    if (!known.isEmpty() || !gone.isEmpty()) {
      heldFiles.follow(lane.place(), known, gone);
      held.keySet().removeAll(gone);
      held.putAll(known);
      contents.compareWith(held);
      remark();
    }
    tellOfCopies(copies.keySet());
    if (held.isEmpty()) {
      lane.remark(null);
      LOG.info("Lane {}: nothing is held back any more in {}", lane, lane.watches());
    }
  }

  /** Held files that are not what they were, but are where they were. */
  private Map<String, Held> touched(Map<String, FileStamp> files) {
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
  private Map<String, Held> moved(Map<String, Held> away, Map<String, FileStamp> files) {
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
  private Map<String, Held> copies(Map<String, FileStamp> files) {
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

  private static boolean isIn(String path, Set<String> folders) {
    for (Path at = Path.of(path); at != null; at = at.getParent()) {
      if (folders.contains(at.toString())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a file lay there before, or has the content of one that did, as far as is known by now.
   *
   * @param file below the lane's folder
   */
  public boolean has(Path file, FileStamp stamp) {
    return !noted
        || !held.isEmpty()
            && (isIn(file.toString(), held.keySet())
                || !contents.originalOf(file.toString(), stamp).isKnownToBeNone());
  }

  /** Whether it is being found out of some file whether it is to be held. */
  boolean isUndecided() {
    return contents.isUndecided();
  }

  /** Which file it is, wherever it is renamed to. */
  private static String text(FileStamp stamp) {
    return stamp.key() + " " + stamp.size() + " " + stamp.modified();
  }

  /** The size of the file that has such a text; negative for a folder. */
  static long sizeIn(String text) {
    String[] parts = text.split(" ");
    return parts.length < 2 ? -1 : Long.parseLong(parts[parts.length - 2]);
  }
}
