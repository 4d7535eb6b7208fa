package io.mediadrop.lane;

import io.mediadrop.ConfigurationMistake;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The lanes that are there at the moment, by name and by folder. */
public class Lanes {

  private final Map<String, Lane> byName = new ConcurrentHashMap<>();
  private final Map<Path, Lane> byPlace = new ConcurrentHashMap<>();
  private final Map<Path, String> once = new ConcurrentHashMap<>();

  /**
   * Makes a lane known.
   *
   * @throws ConfigurationMistake if another lane watches the same folder
   */
  void add(Lane lane) {
    Lane other = byPlace.putIfAbsent(lane.place(), lane);
    if (other != null && other != lane) {
      throw new ConfigurationMistake(
          "lanes %s and %s both watch %s: give each a folder of its own"
              .formatted(other, lane, lane.place()));
    }
    byName.put(lane.name(), lane);
  }

  void remove(Lane lane) {
    byName.remove(lane.name(), lane);
    byPlace.remove(lane.place(), lane);
  }

  /**
   * Keeps a folder for the lane that once watched it, also when the lane has gone: its files are
   * another connection's.
   */
  boolean keep(Path place, String lane) {
    return !lane.equals(once.put(place, lane));
  }

  /** The lane of this name, or null. */
  public Lane byName(String name) {
    return byName.get(name);
  }

  /** All lanes, ordered by name. */
  public List<Lane> all() {
    return byName.values().stream().sorted(Comparator.comparing(Lane::name)).toList();
  }

  /** Whether the folder is or was another lane's own, so that this lane must not look into it. */
  public boolean isAnothers(Path folder, Lane lane) {
    Path place = lane.place().resolve(lane.directory().relativize(folder));
    Lane owner = byPlace.get(place);
    return owner == null
        ? !once.getOrDefault(place, lane.name()).equals(lane.name())
        : owner != lane;
  }

  /** The folders that lanes have watched which are not there now, each with its lane's name. */
  Map<Path, String> left() {
    Map<Path, String> left = new TreeMap<>(once);
    left.keySet().removeAll(byPlace.keySet());
    return left;
  }

  /** Whether the workers of another lane still have the file, which was its own before. */
  boolean isInAnothersHand(Path file, Lane lane) {
    return byName.values().stream().anyMatch(other -> other != lane && other.hand().isTaken(file));
  }
}
