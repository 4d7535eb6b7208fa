package io.mediadrop.lane;

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

  /** A file of more bytes keeps its worker long. */
  private static final long LARGE = 64L << 20;

  private final Map<Path, Long> taken = new ConcurrentHashMap<>();
  private final Set<Path> putDown = ConcurrentHashMap.newKeySet();
  private final Map<Path, Long> held = new ConcurrentHashMap<>();
  private final int capacity;
  private final int capacityForLarge;

  /** Has room for this many files, of which so many may be large. */
  public FilesInHand(int capacity, int capacityForLarge) {
    this.capacity = capacity;
    this.capacityForLarge = capacityForLarge;
  }

  /** Whether a file of this size, in bytes, keeps its worker long. */
  public static boolean isLarge(long size) {
    return size > LARGE;
  }

  /** How many more files can be taken. */
  public int room() {
    return Math.max(0, capacity - taken.size());
  }

  /** How many more large files can be taken, so that a worker is left to the others. */
  public int roomForLarge() {
    long large = taken.values().stream().filter(FilesInHand::isLarge).count();
    return (int) Math.max(0, capacityForLarge - large);
  }

  /** Whether the workers will soon have nothing to do. */
  public boolean isLow() {
    return taken.size() <= capacity / 2;
  }

  /** Whether the workers have any file. */
  public boolean isAtWork() {
    return !taken.isEmpty();
  }

  /** Whether somebody has the file. */
  public boolean isTaken(Path path) {
    return taken.containsKey(path) || putDown.contains(path);
  }

  /** Whether the file is in nobody's hand and its waiting time, if it has one, is over. */
  public boolean isFree(Path path) {
    Long until = held.get(path);
    return !isTaken(path) && (until == null || System.nanoTime() - until >= 0);
  }

  /** Takes the file; false if it is taken already. */
  public boolean take(Path path) {
    return take(path, 0);
  }

  /** Takes a file of this size, in bytes; false if it is taken already. */
  public boolean take(Path path, long size) {
    held.remove(path);
    return !putDown.contains(path) && taken.putIfAbsent(path, size) == null;
  }

  /**
   * The file has no worker any more and takes no room, but stays in hand until it is released;
   * whether it was a large one.
   */
  public boolean putDown(Path path) {
    putDown.add(path);
    Long size = taken.remove(path);
    return size != null && isLarge(size);
  }

  /** Gives the file back, to be taken again at any time; whether it was a large one. */
  public boolean release(Path path) {
    putDown.remove(path);
    Long size = taken.remove(path);
    return size != null && isLarge(size);
  }

  /** Leaves the file alone for this long, once it is given back. */
  public void hold(Path path, Duration time) {
    held.put(path, System.nanoTime() + time.toNanos());
  }

  /** Leaves the file alone for this long, unless it waits already. */
  public void holdUnlessHeld(Path path, Duration time) {
    held.putIfAbsent(path, System.nanoTime() + time.toNanos());
  }

  /** In how many nanoseconds the next waiting time ends; {@link Long#MAX_VALUE} if none is left. */
  public long untilNextFree() {
    long now = System.nanoTime();
    return held.entrySet().stream()
        .filter(waiting -> !isTaken(waiting.getKey()))
        .mapToLong(waiting -> waiting.getValue() - now)
        .filter(left -> left > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Whether any file is left alone for a while. */
  public boolean hasWaiting() {
    return !held.isEmpty();
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
