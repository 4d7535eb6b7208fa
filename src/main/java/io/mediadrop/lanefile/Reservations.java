package io.mediadrop.lanefile;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.ServerFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The folders of lanes that are described and do not run, as far as they can be read. Each is kept
 * for its lane all the same.
 */
class Reservations {

  private final UnaryOperator<String> placeholders;
  private final Map<Path, String> places = new HashMap<>();
  private final Set<String> unknown = new TreeSet<>();

  /** None yet; placeholders in what is written are replaced by this, which may throw. */
  Reservations(UnaryOperator<String> placeholders) {
    this.placeholders = placeholders;
  }

  /** A lane that its file describes well. */
  void add(LaneDefinition lane) {
    add(lane.parameters(), lane.place());
  }

  /** A file whose lanes cannot be read well. */
  void add(Path file) {
    SketchedLanes.in(file)
        .ifPresentOrElse(
            lanes -> lanes.forEach(lane -> add(lane, file.toString())),
            () -> unknown.add(file.toString()));
  }

  private void add(Map<String, String> parameters, String where) {
    try {
      String directory = placeholders.apply(parameters.get("directory"));
      if (parameters.containsKey("host")) {
        places.put(
            ServerFolder.place(
                placeholders.apply(parameters.get("host")),
                Integer.parseInt(placeholders.apply(parameters.getOrDefault("port", "22"))),
                placeholders.apply(parameters.getOrDefault("username", "")),
                directory),
            where);
      } else if (!directory.isBlank()) {
        places.put(Lane.realPathOf(Path.of(directory).toAbsolutePath().normalize()), where);
      } else {
        unknown.add(where);
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      unknown.add(where);
    }
  }

  /** The folders, each with where its lane is described. */
  Map<Path, String> places() {
    return places;
  }

  /** Where lanes are described of which it cannot be read which folder they are for. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }
}
