package io.mediadrop.source;

import io.mediadrop.lane.Lane;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.HeldFiles.Held;
import io.mediadrop.ledger.LaneFolders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lay in a lane's folder when the lane got another connection. It was put there for the one
 * before, and is not taken until a person takes it out of the folder and puts it in again.
 */
public class HeldBack {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final HeldFiles heldFiles;
  private final String connection;
  private final String before;
  private final Map<String, Held> held;
  private boolean noted;
  private Set<String> awayBefore = Set.of();

  /** Enters a lane's folder, which is the lane's from now on. */
  public HeldBack(Lane lane, LaneFolders laneFolders, HeldFiles heldFiles) {
    this.lane = lane;
    this.heldFiles = heldFiles;
    connection = heldFiles.fingerprint(lane.getConnectionId());
    before = laneFolders.remember(lane.place(), lane.directory(), lane.name(), connection);
    lane.enter(connection);
    noted = before.equals(connection);
    held = new HashMap<>(heldFiles.in(lane.place()));
    if (noted) {
      tell();
    }
  }

  private void tell() {
    if (!held.isEmpty()) {
      lane.remark(
          ("what lay in %s before the lane got another connection is left where it is (%d files or"
                  + " folders): to have it uploaded for that one, move it out of the folder and, a"
                  + " minute later, in again")
              .formatted(lane.watches(), held.size()));
      LOG.warn("Lane {}: {}", lane, lane.remark());
    }
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
    noted = true;
    tell();
  }

  private void follow(Map<String, FileStamp> files, Set<String> folders, Set<String> unseen) {
    Map<String, Held> away = new HashMap<>(held);
    away.keySet()
        .removeIf(path -> files.containsKey(path) || folders.contains(path) || isIn(path, unseen));
    Map<String, Held> moved = away.isEmpty() ? Map.of() : moved(away, files);
    // what is moved while the folder is listed may be seen nowhere once
    Set<String> gone = new HashSet<>(away.keySet());
    gone.retainAll(awayBefore);
    awayBefore = away.keySet();
    if (!moved.isEmpty() || !gone.isEmpty()) {
      heldFiles.follow(lane.place(), moved, gone);
      held.keySet().removeAll(gone);
      held.putAll(moved);
    }
    if (held.isEmpty()) {
      lane.remark(null);
      LOG.info("Lane {}: nothing is held back any more in {}", lane, lane.watches());
    }
  }

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

  private static boolean isIn(String path, Set<String> folders) {
    for (Path at = Path.of(path); at != null; at = at.getParent()) {
      if (folders.contains(at.toString())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file lay there before, given by its path below the lane's folder. */
  public boolean has(Path file) {
    return !noted || !held.isEmpty() && isIn(file.toString(), held.keySet());
  }

  /** Which file it is, wherever it is renamed to. */
  private static String text(FileStamp stamp) {
    return stamp.key() + " " + stamp.size() + " " + stamp.modified();
  }
}
