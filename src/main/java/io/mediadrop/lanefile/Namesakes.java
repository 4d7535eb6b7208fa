package io.mediadrop.lanefile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which of several lanes with one name is the one that runs. */
class Namesakes {

  private final Complaints complaints;

  /** Lanes that are not run because another one has their name, as complaints name them. */
  private Set<String> left = new HashSet<>();

  Namesakes(Complaints complaints) {
    this.complaints = complaints;
  }

  /**
   * One lane for each name: the one that runs already, or else the first.
   *
   * @param described all lanes, in the order of their files
   * @param running those that run, by name
   */
  Map<String, LaneDefinition> choose(
      List<LaneDefinition> described, Map<String, LaneDefinition> running) {
    Map<String, List<LaneDefinition>> byName = new TreeMap<>();
    described.forEach(
        lane -> byName.computeIfAbsent(lane.name(), n -> new ArrayList<>()).add(lane));
    Map<String, LaneDefinition> chosen = new TreeMap<>();
    Set<String> before = left;
    left = new HashSet<>();
    byName.forEach((name, alike) -> chosen.put(name, choose(running.get(name), alike)));
    // the others may have gone with their files
    before.removeAll(left);
    before.forEach(complaints::settle);
    return chosen;
  }

  private LaneDefinition choose(LaneDefinition now, List<LaneDefinition> alike) {
    LaneDefinition chosen =
        alike.stream()
            .filter(lane -> now != null && lane.file().equals(now.file()))
            .findFirst()
            .orElse(alike.get(0));
    for (LaneDefinition lane : alike) {
      String key = complaintAbout(lane.name()) + lane.file();
      if (lane != chosen) {
        left.add(key);
        complaints.about(
            key,
            "%s: there is a lane '%s' already, in %s: give each a routeId of its own"
                .formatted(lane.place(), lane, chosen.place()));
      }
    }
    return chosen;
  }

  /** How what is wrong with namesakes of a lane begins, in the complaints. */
  static String complaintAbout(String lane) {
    return "lane " + lane + " in ";
  }
}
