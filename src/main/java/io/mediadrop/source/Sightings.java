package io.mediadrop.source;

import io.mediadrop.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What was seen in a folder, listing after listing, and since when it has stayed the same. Before
 * each listing the files are chosen that it may let through: settled ones, the oldest first.
 */
public class Sightings {

  private record Sighting(FileStamp stamp, long listed, long since, boolean readable) {}

  /**
   * What can be taken now.
   *
   * @param files the oldest first
   * @param more whether there are others, for which there is no room
   * @param moreLarge whether there are large ones that wait for other large ones
   * @param stuck settled files that cannot be read
   * @param untilNext in how many nanoseconds the next file settles; {@link Long#MAX_VALUE} if none
   *     is left to
   */
  record Choice(
      List<Path> files, boolean more, boolean moreLarge, List<Path> stuck, long untilNext) {}

  private final LongSupplier nanoTime;
  private final long settle;
  private final Predicate<Path> isReadable;
  private final SidecarSightings sidecars;
  private Map<Path, Sighting> lastListing = new HashMap<>();
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
    this(nanoTime, settle, isReadable, false);
  }

  /** The same; where sidecars are required, files without one wait for it. */
  public Sightings(
      LongSupplier nanoTime,
      Duration settle,
      Predicate<Path> isReadable,
      boolean sidecarsRequired) {
    this.nanoTime = nanoTime;
    this.settle = settle.toNanos();
    this.isReadable = isReadable;
    this.sidecars = new SidecarSightings(nanoTime, settle, isReadable, sidecarsRequired);
  }

  /** The sidecars that were seen; a file settles only with its own. */
  public SidecarSightings sidecars() {
    return sidecars;
  }

  /** Chooses as many files as there is room for among those that are free. */
  public void begin(int room, Predicate<Path> isFree) {
    chosen = room == 0 ? Set.of() : Set.copyOf(choose(room, room, isFree).files());
    begin();
  }

  /** Begins a listing that lets no file through. */
  void begin() {
    now = nanoTime.getAsLong();
    listing = new HashMap<>(lastListing.size() * 4 / 3 + 16);
    sidecars.begin();
  }

  /** Chooses among the settled files that are free, of the large ones fewer. */
  Choice choose(int room, int roomForLarge, Predicate<Path> isFree) {
    return backlog(room, isFree).take(room, roomForLarge, isFree);
  }

  /** The oldest of the settled files that are free, at least so many if there are. */
  Backlog backlog(int atLeast, Predicate<Path> isFree) {
    now = nanoTime.getAsLong();
    Backlog backlog = new Backlog(atLeast);
    lastListing.forEach(
        (path, sighting) -> {
          long left = Math.max(settlesIn(sighting), sidecars.settlesIn(path, now));
          if (left > 0) {
            backlog.settlesIn(left);
          } else if (!sighting.readable()) {
            backlog.addStuck(path);
          } else if (isFree.test(path)) {
            FileStamp stamp = sighting.stamp();
            backlog.add(path, stamp.size(), sighting.listed(), stamp.modified());
          }
        });
    return backlog;
  }

  private boolean isSettled(Sighting sighting) {
    return settlesIn(sighting) <= 0;
  }

  private long settlesIn(Sighting sighting) {
    return sighting.since() + settle - now;
  }

  /** Notes a file; whether it is one of the chosen and still the same. */
  public boolean see(Path path, FileStamp stamp) {
    Sighting before = lastListing.get(path);
    boolean unchanged = before != null && before.stamp().equals(stamp);
    listing.put(
        path,
        unchanged ? before : new Sighting(stamp, now, nanoTime.getAsLong(), isReadable.test(path)));
    return unchanged && chosen.contains(path);
  }

  /** Whether the file was in the last listing. */
  boolean knows(Path path) {
    return lastListing.containsKey(path);
  }

  /** Forgets a file that has gone since the last listing. */
  void forget(Path path) {
    lastListing.remove(path);
    sidecars.forget(path);
  }

  /** The stamp of a file of the last listing, or null if it was not in it. */
  public FileStamp stampBefore(Path path) {
    Sighting before = lastListing.get(path);
    return before == null ? null : before.stamp();
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
    sidecars.end(listing::containsKey);
    return listing.keySet();
  }

  /** The files of the last listing that have lacked the sidecar they need for so long. */
  List<Path> lackingSidecar(Duration time) {
    long since = nanoTime.getAsLong() - time.toNanos();
    return lastListing.entrySet().stream()
        .filter(file -> sidecars.isMissing(file.getKey()) && since - file.getValue().since() >= 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The files of the last listing. */
  Set<Path> files() {
    return lastListing.keySet();
  }

  /** Shows each file of the last listing. */
  public void forEach(BiConsumer<Path, FileStamp> onlooker) {
    lastListing.forEach((path, sighting) -> onlooker.accept(path, sighting.stamp()));
  }

  /** How many files and sidecars the last listing had. */
  int size() {
    return lastListing.size() + sidecars.size();
  }
}
