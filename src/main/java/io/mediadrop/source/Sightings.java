package io.mediadrop.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was seen in a folder, listing after listing, and since when it has stayed the same. Before
 * each listing the files are chosen that it may let through: settled ones, the oldest first.
 */
public class Sightings {

  private record Sighting(FileStamp stamp, long since, boolean readable) {}

  private static final Comparator<Map.Entry<Path, Sighting>> OLDEST_FIRST =
      Comparator.comparingLong((Map.Entry<Path, Sighting> seen) -> seen.getValue().since())
          .thenComparingLong(seen -> seen.getValue().stamp().modified())
          .thenComparing(Map.Entry::getKey);

  private final LongSupplier nanoTime;
  private final long settle;
  private final Predicate<Path> isReadable;
  private Map<Path, Sighting> lastListing = Map.of();
  private Map<Path, Sighting> listing = new HashMap<>();
  private Set<Path> chosen = Set.of();
  private long now;

  /**
   * Nothing has been seen yet.
   *
   * @param nanoTime a clock that nobody sets
   * @param settle how long a file must stay the same
   * @param isReadable asked once per file and change, since a change of rights is a change
   */
  public Sightings(LongSupplier nanoTime, Duration settle, Predicate<Path> isReadable) {
    this.nanoTime = nanoTime;
    this.settle = settle.toNanos();
    this.isReadable = isReadable;
  }

  /** Chooses as many files as there is room for among those that are free. */
  public void begin(int room, Predicate<Path> isFree) {
    now = nanoTime.getAsLong();
    listing = new HashMap<>();
    chosen = room == 0 ? Set.of() : choose(room, isFree);
  }

  private Set<Path> choose(int room, Predicate<Path> isFree) {
    return lastListing.entrySet().stream()
        .filter(seen -> isSettled(seen.getValue()) && seen.getValue().readable())
        .filter(seen -> isFree.test(seen.getKey()))
        .sorted(OLDEST_FIRST)
        .limit(room)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean isSettled(Sighting sighting) {
    return now - sighting.since() >= settle;
  }

  /** Notes a file; whether it is one of the chosen and still the same. */
  public boolean see(Path path, FileStamp stamp) {
    Sighting before = lastListing.get(path);
    boolean unchanged = before != null && before.stamp().equals(stamp);
    listing.put(
        path,
        unchanged ? before : new Sighting(stamp, nanoTime.getAsLong(), isReadable.test(path)));
    return unchanged && chosen.contains(path);
  }

  /** Whether the file was in the last listing and is not the same any more. */
  public boolean hasChanged(Path path, FileStamp stamp) {
    Sighting before = lastListing.get(path);
    return before != null && !before.stamp().equals(stamp);
  }

  /** Whether a file of this listing has settled, but could not be read. */
  boolean isStuck(Path path) {
    Sighting sighting = listing.get(path);
    return !sighting.readable() && isSettled(sighting);
  }

  /** The stamp of a file of this listing, or null if it is not in it. */
  public FileStamp stampOf(Path path) {
    Sighting sighting = listing.get(path);
    return sighting == null ? null : sighting.stamp();
  }

  /** For how long a file of this listing has stayed the same, as far as was seen. */
  public Duration unchangedFor(Path path) {
    return Duration.ofNanos(nanoTime.getAsLong() - listing.get(path).since());
  }

  /** Ends the listing: what was not in it is forgotten. */
  public Set<Path> end() {
    lastListing = listing;
    return listing.keySet();
  }
}
