package io.mediadrop.source;

import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The sidecars that were seen in a folder, listing after listing, and since when each has stayed
 * the same, and alone. Where there are none it costs nothing to ask.
 */
public final class SidecarSightings {

  private static final class Sighting {

    private final FileStamp stamp;
    private final long since;
    private final boolean readable;
    private boolean alone;
    private long aloneSince;

    private Sighting(FileStamp stamp, long since, boolean readable) {
      this.stamp = stamp;
      this.since = since;
      this.readable = readable;
    }
  }

  private final LongSupplier nanoTime;
  private final long settle;
  private final Predicate<Path> isReadable;
  private final boolean required;

  /** By the media file that each belongs to. */
  private Map<Path, Sighting> lastListing = new HashMap<>();

  private Map<Path, Sighting> listing = new HashMap<>();

  SidecarSightings(
      LongSupplier nanoTime, Duration settle, Predicate<Path> isReadable, boolean required) {
    this.nanoTime = nanoTime;
    this.settle = settle.toNanos();
    this.isReadable = isReadable;
    this.required = required;
  }

  void begin() {
    listing = new HashMap<>();
  }

  /** Notes a sidecar; whether it is not as it was. */
  public boolean see(Path sidecar, FileStamp stamp) {
    Path media = SidecarNames.mediaOf(sidecar);
    Sighting before = lastListing.get(media);
    boolean changed = before == null || !before.stamp.equals(stamp);
    listing.put(
        media,
        changed ? new Sighting(stamp, nanoTime.getAsLong(), isReadable.test(sidecar)) : before);
    return changed;
  }

  /** Ends the listing; a sidecar is alone from the first one on that has no media file for it. */
  void end(Predicate<Path> isThere) {
    long now = nanoTime.getAsLong();
    listing.forEach(
        (media, sighting) -> {
          boolean before = sighting.alone;
          sighting.alone = !isThere.test(media);
          if (!before) {
            sighting.aloneSince = now;
          }
        });
    lastListing = listing;
  }

  /** Forgets the sidecar of a media file. */
  void forget(Path media) {
    lastListing.remove(media);
  }

  /** Whether a file is a sidecar that was in the last listing. */
  boolean knows(Path file) {
    return !lastListing.isEmpty()
        && SidecarNames.isSidecar(file.toString())
        && lastListing.containsKey(SidecarNames.mediaOf(file));
  }

  /** What the sidecar of a media file was when it was seen last; null if there is none. */
  public FileStamp stampOf(Path media) {
    Sighting sighting = lastListing.get(media);
    return sighting == null ? null : sighting.stamp;
  }

  /**
   * How many nanoseconds a media file has to wait for its sidecar; {@link Long#MAX_VALUE} if nobody
   * can say.
   */
  long settlesIn(Path media, long now) {
    Sighting sighting = lastListing.isEmpty() ? null : lastListing.get(media);
    if (sighting == null) {
      return required ? Long.MAX_VALUE : 0;
    }
    return sighting.readable ? sighting.since + settle - now : Long.MAX_VALUE;
  }

  /** Whether a media file has to wait for a sidecar of which nothing was seen. */
  boolean isMissing(Path media) {
    return required && !lastListing.containsKey(media);
  }

  /** Those that must not be read. */
  List<Path> unreadable() {
    return those(sighting -> !sighting.readable);
  }

  /** Those that have stayed the same for so long without their media file. */
  List<Path> alone(Duration time) {
    long now = nanoTime.getAsLong();
    return those(sighting -> sighting.alone && now - sighting.aloneSince >= time.toNanos());
  }

  private List<Path> those(Predicate<Sighting> which) {
    return lastListing.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(entry -> SidecarNames.of(entry.getKey()))
        .toList();
  }

  int size() {
    return lastListing.size();
  }
}
