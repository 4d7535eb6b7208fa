package io.mediadrop.source;

import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The companions of media files that were seen in a folder, listing after listing, and which of
 * them are to follow their media file, as that has gone. Where there are none it costs nothing.
 */
public final class CompanionSightings {

  /** What is known of one. */
  static final class Sighting {

    private final FileStamp stamp;
    private long due;
    private boolean accompanied;
    private boolean kept;
    private boolean alone;
    private long aloneSince;

    private Sighting(FileStamp stamp, long due) {
      this.stamp = stamp;
      this.due = due;
    }

    FileStamp stamp() {
      return stamp;
    }

    /** Leaves it alone until then. */
    void askAgain(long at) {
      due = at;
    }

    /** Leaves it alone as long as it does not change. */
    void keep() {
      kept = true;
    }

    /** For how long it has been seen without a media file of its name. */
    Duration aloneFor(long now) {
      return Duration.ofNanos(alone && !kept ? now - aloneSince : 0);
    }
  }

  /** One that was never seen with its media file waits so many settle times: that may come yet. */
  private static final int WAITS = 12;

  private final LongSupplier nanoTime;
  private final long settle;
  private Map<Path, Sighting> lastListing = new HashMap<>();
  private Map<Path, Sighting> listing = new HashMap<>();
  private volatile boolean any;

  /**
   * Nothing has been seen yet.
   *
   * @param nanoTime a clock that nobody sets
   * @param settle how long a companion must stay the same
   */
  public CompanionSightings(LongSupplier nanoTime, Duration settle) {
    this.nanoTime = nanoTime;
    this.settle = settle.toNanos();
  }

  /** Begins a listing. */
  public void begin() {
    listing = new HashMap<>();
  }

  /** Notes a companion; whether it is not as it was. */
  public boolean see(Path file, FileStamp stamp) {
    Sighting before = lastListing.get(file);
    boolean changed = before == null || !before.stamp.equals(stamp);
    listing.put(file, changed ? new Sighting(stamp, nanoTime.getAsLong() + settle) : before);
    return changed;
  }

  /** Ends the listing: what was not in it is forgotten. */
  public void end() {
    lastListing = listing;
    any = !listing.isEmpty();
  }

  /** Whether there are any. */
  public boolean any() {
    return any;
  }

  int size() {
    return lastListing.size();
  }

  boolean knows(Path file) {
    return lastListing.containsKey(file);
  }

  void forget(Path file) {
    lastListing.remove(file);
  }

  Map<Path, Sighting> all() {
    return lastListing;
  }

  /**
   * Those that have settled and whose media file has gone, or never was.
   *
   * @param media the media files that are there
   */
  List<Path> due(Collection<Path> media) {
    long now = nanoTime.getAsLong();
    Set<Path> names = new HashSet<>(media);
    media.forEach(file -> names.add(sibling(file, CompanionNames.withoutEnding(nameOf(file)))));
    return lastListing.entrySet().stream()
        .filter(entry -> isDue(entry.getKey(), entry.getValue(), names, now))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isDue(Path file, Sighting sighting, Set<Path> names, long now) {
    if (CompanionNames.mates(nameOf(file)).stream()
        .anyMatch(n -> names.contains(sibling(file, n)))) {
      sighting.accompanied = true;
      sighting.alone = false;
      sighting.due = Math.min(sighting.due, now + settle);
      return false;
    }
    if (!sighting.alone) {
      sighting.alone = true;
      sighting.aloneSince = now;
    }
    return !sighting.kept && dueIn(sighting, now) <= 0;
  }

  /** In how many nanoseconds it is to be looked again at those that are alone. */
  long untilNext() {
    long now = nanoTime.getAsLong();
    return lastListing.values().stream()
        .filter(sighting -> sighting.alone && !sighting.kept)
        .mapToLong(sighting -> dueIn(sighting, now))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long dueIn(Sighting sighting, long now) {
    long untilAlone = sighting.aloneSince + WAITS * settle - now;
    return Math.max(sighting.due - now, sighting.accompanied ? 0 : untilAlone);
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  private static Path sibling(Path file, String name) {
    return file.resolveSibling(name);
  }
}
