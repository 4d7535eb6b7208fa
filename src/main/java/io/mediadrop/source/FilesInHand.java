package io.mediadrop.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of one lane that its workers have, and those that are to be left alone for a while. A
 * hint only, gone with the process: what must not be forgotten stands in the ledger.
 */
public class FilesInHand {

  private final Set<Path> taken = ConcurrentHashMap.newKeySet();
  private final Map<Path, Long> held = new ConcurrentHashMap<>();
  private final int capacity;

  /** Has room for this many files. */
  public FilesInHand(int capacity) {
    this.capacity = capacity;
  }

  /** How many more files can be taken. */
  public int room() {
    return Math.max(0, capacity - taken.size());
  }

  /** Whether the file is in nobody's hand and its waiting time, if it has one, is over. */
  public boolean isFree(Path path) {
    Long until = held.get(path);
    return !taken.contains(path) && (until == null || System.nanoTime() - until >= 0);
  }

  /** Whether a worker has the file. */
  public boolean has(Path path) {
    return taken.contains(path);
  }

  /** Takes the file; false if it is taken already. */
  public boolean take(Path path) {
    held.remove(path);
    return taken.add(path);
  }

  /** Gives the file back, to be taken again at any time. */
  public void release(Path path) {
    taken.remove(path);
  }

  /** Leaves the file alone for this long, once it is given back. */
  public void hold(Path path, Duration time) {
    held.put(path, System.nanoTime() + time.toNanos());
  }

  /** Ends the file's waiting time: what was waited for may have come with its change. */
  public void waitNoLonger(Path path) {
    held.remove(path);
  }

  /** Forgets the waiting times of files that are not there any more. */
  public void forgetAllBut(Set<Path> present) {
    held.keySet().retainAll(present);
  }
}
