package io.mediadrop.source;

import io.mediadrop.archive.CompanionFiling.Outcome;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Strays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Has the companions of media files put away after these, a few at a time. */
public final class CompanionRounds {

  /** Where a lane's files are. */
  public interface Place {

    /** Takes a companion along to its media file, or throws what keeps it from that. */
    Outcome takeAlong(Path companion, FileStamp stamp) throws Exception;

    /** A file's path as it is told to people. */
    Path shown(Path file);
  }

  /** Few enough that the lane's uploads do not wait for them. */
  private static final int AT_ONCE = 8;

  private static final long SOON = Duration.ofSeconds(1).toNanos();
  private static final long LATER = Duration.ofSeconds(30).toNanos();

  /** Looking at all names may take its share of a processor and no more. */
  private static final int REST = 10;

  private final CompanionSightings sightings;
  private final Duration aloneAfter;
  private final Place place;
  private long next = System.nanoTime();

  /**
   * Rounds through the companions that a lane has seen.
   *
   * @param aloneAfter how long one lies there without its media file until that is told
   */
  public CompanionRounds(CompanionSightings sightings, Duration aloneAfter, Place place) {
    this.sightings = sightings;
    this.aloneAfter = aloneAfter;
    this.place = place;
  }

  /**
   * Makes a round.
   *
   * @param media the media files that are there
   */
  public void make(Strays strays, Collection<Path> media) {
    long begun = System.nanoTime();
    if (!sightings.any() || begun - next < 0) {
      return;
    }
    sightings.due(media).stream().limit(AT_ONCE).forEach(file -> takeAlong(file, strays));
    long ended = System.nanoTime();
    next = ended + REST * (ended - begun);
  }

  /** Names those that are alone for long, once for as long as they lie there. */
  public void tell(Strays strays) {
    if (sightings.any()) {
      long now = System.nanoTime();
      sightings
          .all()
          .forEach(
              (file, sighting) -> {
                if (sighting.aloneFor(now).compareTo(aloneAfter) >= 0) {
                  strays.leave(
                      place.shown(file),
                      "no media file came that it could belong to: put it beside its file in the"
                          + " archive, or put that file here once more");
                }
              });
    }
  }

  /** In how many nanoseconds a round is due. */
  long untilNext() {
    return sightings.any()
        ? Math.max(next - System.nanoTime(), sightings.untilNext())
        : Long.MAX_VALUE;
  }

  private void takeAlong(Path file, Strays strays) {
    CompanionSightings.Sighting sighting = sightings.all().get(file);
    try {
      switch (place.takeAlong(file, sighting.stamp())) {
        case TAKEN_ALONG -> sightings.forget(file);
        case TAKEN_AND_KEPT -> sighting.keep();
        case NOT_YET -> sighting.askAgain(System.nanoTime() + SOON);
        case UNKNOWN -> sighting.askAgain(System.nanoTime() + LATER);
      }
    } catch (Exception e) {
      sighting.askAgain(System.nanoTime() + LATER);
      strays.leave(
          place.shown(file), "it cannot be put beside its media file, which is tried again: " + e);
    }
  }
}
