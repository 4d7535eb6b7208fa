package io.mediadrop.source;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether files of the folders below a lane's may be taken. One that has just come may be that of a
 * lane which is just being written, so that all files of lanes are read first.
 */
public class FolderGate {

  private final Lane lane;
  private final Lanes lanes;
  private Set<Path> known = new HashSet<>();
  private Set<Path> seen = new HashSet<>();
  private final Map<Path, Long> fresh = new HashMap<>();
  private boolean first = true;

  /** A gate to the folders below this lane's. */
  public FolderGate(Lane lane, Lanes lanes) {
    this.lane = lane;
    this.lanes = lanes;
  }

  /** A folder was seen in a listing, given by its path below the lane's. */
  public void see(Path folder) {
    seen.add(folder);
    if (!known.contains(folder) && !first) {
      fresh.putIfAbsent(folder, System.nanoTime());
    }
  }

  /** The listing has ended: what was not seen has gone. */
  public void endOfListing() {
    known = seen;
    seen = new HashSet<>();
    fresh.keySet().retainAll(known);
    first = false;
  }

  /** Whether there are any folders below the lane's. */
  boolean hasFolders() {
    return !known.isEmpty();
  }

  /** Whether files of a folder may be taken; null for the lane's own. */
  public boolean isOpen(Path folder) {
    if (folder == null) {
      return true;
    }
    Long since = fresh.get(folder);
    if (since != null && lanes.areKnownSince(since)) {
      fresh.remove(folder);
      since = null;
    }
    return since == null && lane.ownership().mayTakeFrom(folder);
  }
}
