package io.mediadrop.lane;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which folders lanes have a claim on. A file goes to a connection only where a person has said so:
 * once another lane has a folder below a lane's own, what else lies there is nobody's until
 * somebody says whose it is.
 */
class FolderClaims {

  /** Whose a folder was. */
  record Former(String lane, String connection) {

    private boolean isOf(Lane lane) {
      return this.lane.equals(lane.name())
          && (connection == null || lane.ownership().isFor(connection));
    }
  }

  private final Map<Path, Lane> running = new ConcurrentHashMap<>();
  private final Map<Path, Former> once = new ConcurrentHashMap<>();
  private volatile Map<Path, String> reserved = Map.of();

  /**
   * What others have below a lane's folder.
   *
   * @param around the folders that theirs are in
   * @param alike theirs, as file systems see them that do not tell all names apart
   */
  private record Others(Set<Path> around, Set<String> alike) {}

  /** For each lane, what others have in its folder; made anew after each change. */
  private volatile Map<Lane, Others> others = new ConcurrentHashMap<>();

  /** Claims a lane's folder; the lane that has it, or null if it is this one's now. */
  Lane add(Lane lane) {
    Lane other = running.putIfAbsent(lane.place(), lane);
    forgetOthers();
    return other == lane ? null : other;
  }

  void remove(Lane lane) {
    running.remove(lane.place(), lane);
    forgetOthers();
  }

  /** Keeps a folder for the lane, and for the connection, that it was watched for. */
  void keep(Path place, String lane, String connection) {
    once.put(place, new Former(lane, connection));
    forgetOthers();
  }

  /** Keeps folders for lanes that are described, and need not run; for none but these. */
  void reserve(Map<Path, String> places) {
    if (!places.equals(reserved)) {
      reserved = Map.copyOf(places);
      forgetOthers();
    }
  }

  private void forgetOthers() {
    others = new ConcurrentHashMap<>();
  }

  /** Another object after each change. */
  Object state() {
    return others;
  }

  /** Whose a folder below a lane's is. */
  Ownership of(Path place, Lane lane) {
    Others below = others.computeIfAbsent(lane, this::findOthers);
    if (below.around().isEmpty() || place.equals(lane.place())) {
      return Ownership.OWN;
    }
    for (Path at = place; !at.equals(lane.place()); at = at.getParent()) {
      if (isAnothers(at, lane)) {
        return Ownership.ANOTHERS;
      }
    }
    if (lane.ownership().names(place) && !isAlike(place, lane, below)) {
      return Ownership.OWN;
    }
    return below.around().contains(place) ? Ownership.PASSAGE : Ownership.HELD;
  }

  private static boolean isAlike(Path place, Lane lane, Others below) {
    for (Path at = place; !at.equals(lane.place()); at = at.getParent()) {
      if (below.alike().contains(alike(at))) {
        return true;
      }
    }
    return false;
  }

  private static String alike(Path place) {
    return Normalizer.normalize(place.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private boolean isAnothers(Path place, Lane lane) {
    Lane owner = running.get(place);
    if (owner != null) {
      return owner != lane;
    }
    Former former = once.get(place);
    return reserved.containsKey(place) || former != null && !former.isOf(lane);
  }

  private Others findOthers(Lane lane) {
    Others found = new Others(new HashSet<>(), new HashSet<>());
    Stream.of(running, once, reserved)
        .flatMap(claims -> claims.keySet().stream())
        .filter(place -> isBelow(place, lane) && isAnothers(place, lane))
        .forEach(
            place -> {
              for (Path at = place.getParent(); isBelow(at, lane); at = at.getParent()) {
                found.around().add(at);
              }
              found.around().add(lane.place());
              found.alike().add(alike(place));
            });
    return found;
  }

  private static boolean isBelow(Path place, Lane lane) {
    return place.startsWith(lane.place()) && !place.equals(lane.place());
  }

  /** The folders that lanes have watched which are not there now, each with its lane's name. */
  Map<Path, String> left() {
    Map<Path, String> left = new TreeMap<>();
    once.forEach((place, former) -> left.put(place, former.lane()));
    left.keySet().removeAll(running.keySet());
    left.keySet().removeAll(reserved.keySet());
    return left;
  }
}
