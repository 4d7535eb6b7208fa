package io.mediadrop.lane;

import io.mediadrop.ConfigurationMistake;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lanes that are there at the moment, by name. */
public class Lanes {

  private final Map<String, Lane> byName = new ConcurrentHashMap<>();

  /**
   * Makes a lane known.
   *
   * @throws ConfigurationMistake if another lane watches the same folder
   */
  void add(Lane lane) {
    for (Lane other : byName.values()) {
      if (other != lane && other.directory().equals(lane.directory())) {
        throw new ConfigurationMistake(
            "lanes %s and %s both watch %s: give each a folder of its own"
                .formatted(other, lane, lane.directory()));
      }
    }
    byName.put(lane.name(), lane);
  }

  void remove(Lane lane) {
    byName.remove(lane.name(), lane);
  }

  /** The lane of this name, or null. */
  public Lane byName(String name) {
    return byName.get(name);
  }

  /** All lanes, ordered by name. */
  public List<Lane> all() {
    return byName.values().stream().sorted(Comparator.comparing(Lane::name)).toList();
  }

  /** Whether the folder is another lane's own, so that this lane must not look into it. */
  public boolean isAnothers(Path folder, Lane lane) {
    return byName.values().stream()
        .anyMatch(other -> other != lane && other.directory().equals(folder));
  }
}
