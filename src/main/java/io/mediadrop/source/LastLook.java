package io.mediadrop.source;

import io.mediadrop.file.FileStamp;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.WatchNotes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files once more before they go: since the listing they may have changed, or their owner.
 */
class LastLook {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final WatchNotes watchNotes;
  private final IgnoredNames ignoredNames;
  private final FolderLooks looks;

  LastLook(Lane lane, WatchNotes watchNotes, IgnoredNames ignoredNames, FolderLooks looks) {
    this.lane = lane;
    this.watchNotes = watchNotes;
    this.ignoredNames = ignoredNames;
    this.looks = looks;
  }

  /** Those of the files that may go. */
  List<Path> at(List<Path> files) {
    if (files.isEmpty() || !watchNotes.stillHolds(lane)) {
      return List.of();
    }
    Map<Path, Boolean> anothers = new HashMap<>();
    return files.stream()
        .filter(file -> !isAnotherHomes(file, anothers) && !isTouched(file))
        .toList();
  }

  /** Another home may have begun to watch a folder below since it was looked through. */
  private boolean isAnotherHomes(Path file, Map<Path, Boolean> known) {
    boolean anothers = isInAnotherHomes(file.getParent(), known);
    if (anothers) {
      looks.sightings().forget(file);
    }
    return anothers;
  }

  private boolean isInAnotherHomes(Path folder, Map<Path, Boolean> known) {
    return !folder.equals(lane.directory())
        && (known.computeIfAbsent(
                folder, below -> watchNotes.anothersIn(below, lane.name()) != null)
            || isInAnotherHomes(folder.getParent(), known));
  }

  /** A file that has changed since it was seen settles anew; one that is open has not settled. */
  private boolean isTouched(Path path) {
    try {
      FileStamp stamp = FileStamp.of(path);
      return looks.see(path, stamp) | isSidecarTouched(path) || looks.isOpen(path, stamp);
    } catch (IOException e) {
      looks.sightings().forget(path);
      return true;
    }
  }

  /** One that has come since the last listing, or was changed since, has to settle first. */
  private boolean isSidecarTouched(Path media) {
    SidecarSightings sidecars = looks.sightings().sidecars();
    Path path = SidecarNames.of(media);
    boolean known = sidecars.stampOf(media) != null;
    if (!known
        && (!path.toFile().exists() || ignoredNames.ignores(path.getFileName().toString()))) {
      return false;
    }
    try {
      FileStamp stamp = FileStamp.of(path);
      if (stamp.kind() == FileStamp.Kind.FILE) {
        return sidecars.see(path, stamp);
      }
    } catch (IOException e) {
      LOG.debug("{} has gone", path, e);
    }
    sidecars.forget(media);
    return known;
  }
}
