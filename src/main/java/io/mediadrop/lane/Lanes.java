package io.mediadrop.lane;

import io.mediadrop.base.ConfigurationMistake;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lanes that are there at the moment, by name, and whose the folders are. */
public class Lanes {

  private final Map<String, Lane> byName = new ConcurrentHashMap<>();
  private final FolderClaims claims = new FolderClaims();

  /** Where lanes are described by others, they are all there when the routes start. */
  private static final Long ALWAYS = Long.valueOf(Long.MIN_VALUE);

  private volatile Set<String> awaited = Set.of();

  /** When it was known last which lanes there are; null while that is not known. */
  private volatile Long knownAt = ALWAYS;

  /**
   * Makes a lane known.
   *
   * @throws ConfigurationMistake if another lane watches the same folder
   */
  void add(Lane lane) {
    Lane other = claims.add(lane);
    if (other != null) {
      throw new ConfigurationMistake(
          "lanes %s and %s both watch %s: give each a folder of its own"
              .formatted(other, lane, other.watches()));
    }
    byName.put(lane.name(), lane);
  }

  void remove(Lane lane) {
    byName.remove(lane.name(), lane);
    claims.remove(lane);
  }

  /**
   * Keeps a folder for the lane that once watched it, also when the lane has gone: its files are
   * another connection's.
   *
   * @param place without links
   * @param connection the fingerprint of that connection; null if it is not known any more
   */
  public void keep(Path place, String lane, String connection) {
    claims.keep(place, lane, connection);
  }

  /** Keeps folders for the lanes that are described, whether or not they can run. */
  public void reserve(Map<Path, String> places) {
    claims.reserve(places);
  }

  /** All that is described is known, as it was at this time of the monotonic clock. */
  public void known(long nanoTime) {
    knownAt = nanoTime;
  }

  /** There may be lanes, or are some, of which it is not known which folders they are for. */
  public void unknown() {
    knownAt = null;
  }

  /** Whether the folders of all lanes are known, as they were after this time. */
  public boolean areKnownSince(long nanoTime) {
    Long at = knownAt;
    return at != null && (at.equals(ALWAYS) || at - nanoTime > 0);
  }

  /** Whether the folders of all lanes are known. */
  boolean areKnown() {
    return knownAt != null;
  }

  /** The lane of this name, or null. */
  public Lane byName(String name) {
    return byName.get(name);
  }

  /** These lanes are described well, and start once the machine lets them. */
  public void await(Set<String> names) {
    awaited = names;
  }

  /** The names of lanes that are not there before their disk or share is. */
  public Set<String> awaited() {
    return awaited;
  }

  /** All lanes, ordered by name. */
  public List<Lane> all() {
    return byName.values().stream().sorted(Comparator.comparing(Lane::name)).toList();
  }

  /** Whose a folder below a lane's is. */
  Ownership ownershipOf(Path place, Lane lane) {
    return claims.of(place, lane);
  }

  /** Another object whenever folders may be others' than before. */
  public Object claims() {
    return claims.state();
  }

  /** The folders that lanes have watched which are not there now, each with its lane's name. */
  public Map<Path, String> left() {
    return claims.left();
  }

  /** Whether the workers of another lane still have the file, which was its own before. */
  boolean isInAnothersHand(Path file, Lane lane) {
    return byName.values().stream().anyMatch(other -> other != lane && other.hand().isTaken(file));
  }
}
