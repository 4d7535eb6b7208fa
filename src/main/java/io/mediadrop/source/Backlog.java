package io.mediadrop.source;

import io.mediadrop.lane.FilesInHand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of a lane that come next, as they were known at one moment. To find them costs a look
 * at all that are known; to take some of them does not.
 */
class Backlog {

  /** So many are kept ready; of 100,000 the others are ordered later. */
  private static final int READY = 1024;

  private record Entry(Path path, long listed, long modified) {}

  /** In the order of the listings, and within one of them by date. */
  private static final Comparator<Entry> OLDEST_FIRST =
      Comparator.comparingLong(Entry::listed)
          .thenComparingLong(Entry::modified)
          .thenComparing(Entry::path);

  private final Oldest<Entry> oldestSmall;
  private final Oldest<Entry> oldestLarge;
  private final List<Path> stuck = new ArrayList<>();
  private long untilNext = Long.MAX_VALUE;
  private Deque<Entry> small;
  private Deque<Entry> large;

  /** Keeps at least so many files. */
  Backlog(int atLeast) {
    oldestSmall = new Oldest<>(Math.max(READY, atLeast), OLDEST_FIRST);
    oldestLarge = new Oldest<>(Math.max(READY, atLeast), OLDEST_FIRST);
  }

  /** A settled file that can be taken. */
  void add(Path path, long size, long listed, long modified) {
    Entry entry = new Entry(path, listed, modified);
    (FilesInHand.isLarge(size) ? oldestLarge : oldestSmall).offer(entry);
  }

  /** A settled file that cannot be read. */
  void addStuck(Path path) {
    stuck.add(path);
  }

  /** A file that settles in so many nanoseconds. */
  void settlesIn(long nanos) {
    untilNext = Math.min(untilNext, nanos);
  }

  /** Takes the oldest files that are still free, of the large ones fewer. */
  Sightings.Choice take(int room, int roomForLarge, Predicate<Path> isFree) {
    if (small == null) {
      small = oldestSmall.inOrder();
      large = oldestLarge.inOrder();
    }
    List<Path> files = new ArrayList<>();
    int leftForLarge = roomForLarge;
    while (files.size() < room && !(small.isEmpty() && (large.isEmpty() || leftForLarge == 0))) {
      boolean isLarge = leftForLarge > 0 && isLargeNext();
      Path path = (isLarge ? large : small).remove().path();
      if (isFree.test(path)) {
        files.add(path);
        leftForLarge -= isLarge ? 1 : 0;
      }
    }
    boolean moreLarge = !large.isEmpty() || oldestLarge.hasLeftOut();
    boolean more = hasMoreSmall() || moreLarge && leftForLarge > 0;
    return new Sightings.Choice(files, more, moreLarge, List.copyOf(stuck), untilNext);
  }

  private boolean isLargeNext() {
    return !large.isEmpty()
        && (small.isEmpty() || OLDEST_FIRST.compare(large.peek(), small.peek()) < 0);
  }

  private boolean hasMoreSmall() {
    return !small.isEmpty() || oldestSmall.hasLeftOut();
  }

  /** Whether so many have been taken that those which were left out are to be looked through. */
  boolean isExhausted() {
    return small != null
        && (small.isEmpty() && oldestSmall.hasLeftOut()
            || large.isEmpty() && oldestLarge.hasLeftOut());
  }

  /** Whether what is left is enough for now. */
  boolean isEnough() {
    return small == null || !small.isEmpty() || !hasMoreSmall();
  }
}
