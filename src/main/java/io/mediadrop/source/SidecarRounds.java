package io.mediadrop.source;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Looks after each listing for sidecars that cannot be read or whose media file never came, and for
 * media files that wait for a sidecar.
 */
public final class SidecarRounds {

  /** Where a lane's files are. */
  public interface Place {

    /** Puts away a sidecar that belongs to no media file, or throws what keeps it from that. */
    void putAway(Path sidecar) throws Exception;

    /** A file's path as it is told to people. */
    Path shown(Path file);
  }

  private final Sightings sightings;
  private final boolean required;
  private final Duration missingAfter;
  private final Duration orphanAfter;
  private final Place place;

  /**
   * Rounds through what a lane has seen.
   *
   * @param missingAfter how long a file lacks a sidecar until that is told
   * @param orphanAfter how long a sidecar is alone until it is put away
   */
  public SidecarRounds(
      Sightings sightings,
      boolean required,
      Duration missingAfter,
      Duration orphanAfter,
      Place place) {
    this.sightings = sightings;
    this.required = required;
    this.missingAfter = missingAfter;
    this.orphanAfter = orphanAfter;
    this.place = place;
  }

  /** Whether a lane's parameter says that its files need sidecars. */
  public static boolean isRequired(String sidecar, String lane) {
    if (!Set.of("optional", "required").contains(sidecar)) {
      throw new ConfigurationMistake(
          "lane %s: sidecar is '%s': write optional or required".formatted(lane, sidecar));
    }
    return sidecar.equals("required");
  }

  /**
   * Makes a round.
   *
   * @param kept media files that are there although they were not listed
   */
  public void make(Strays strays, Set<Path> kept) {
    SidecarSightings sidecars = sightings.sidecars();
    if (sidecars.size() > 0) {
      sidecars
          .unreadable()
          .forEach(
              sidecar -> strays.leave(place.shown(sidecar), "give this user the right to read it"));
      sidecars.alone(orphanAfter).stream()
          .filter(sidecar -> !kept.contains(SidecarNames.mediaOf(sidecar)))
          .forEach(sidecar -> putAway(sidecar, strays));
    }
    if (required) {
      sightings.lackingSidecar(missingAfter).forEach(media -> tell(media, strays));
    }
  }

  private void putAway(Path sidecar, Strays strays) {
    try {
      place.putAway(sidecar);
    } catch (Exception e) {
      strays.leave(
          place.shown(sidecar), "its media file never came, and it cannot be put away: " + e);
    }
  }

  private void tell(Path media, Strays strays) {
    strays.leave(
        place.shown(media),
        "it waits for its sidecar: put %s beside it, or take sidecar: required out of the lane"
            .formatted(SidecarNames.of(media).getFileName()));
  }
}
