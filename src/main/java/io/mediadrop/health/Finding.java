package io.mediadrop.health;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a check has found.
 *
 * @param well false where nothing is uploaded before a person has done something
 * @param says what is wrong and what to do, or that all is well, for people
 * @param details further things to know, by name
 */
record Finding(boolean well, String says, Map<String, Object> details) {

  /** All is well, or somebody else's matter. */
  static Finding well(String says) {
    return new Finding(true, says, Map.of());
  }

  /** Nothing goes on before a person has done what is said. */
  static Finding trouble(String says) {
    return new Finding(false, says, Map.of());
  }

  /** The same, with something more to know; null for nothing. */
  Finding with(String name, Object value) {
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new TreeMap<>(details);
    more.put(name, value);
    return new Finding(well, says, more);
  }
}
