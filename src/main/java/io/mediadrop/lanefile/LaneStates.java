package io.mediadrop.lanefile;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How each lane is at the moment, and what a person has to know about that. */
class LaneStates {

  private final Lanes lanes;
  private final RunningLanes running;
  private final KeptFolders keptFolders;
  private final Complaints complaints;

  LaneStates(Lanes lanes, RunningLanes running, KeptFolders keptFolders, Complaints complaints) {
    this.lanes = lanes;
    this.running = running;
    this.keptFolders = keptFolders;
    this.complaints = complaints;
  }

  /** One for each lane, with all that is to be known about it, and for what cannot be read. */
  List<LaneReport.Entry> of(List<LaneDefinition> described) {
    Map<String, String> wrong = new TreeMap<>(complaints.all());
    Map<String, LaneReport.Entry> entries = new TreeMap<>();
    running.all().forEach((name, lane) -> entries.put(name, entry(lane, wrong)));
    for (LaneDefinition lane : described) {
      String why = wrong.remove(lane.name());
      if (why != null) {
        entries.put(lane.name(), LaneReport.Entry.broken(lane.name(), lane.place(), why));
      }
    }
    wrong.forEach((what, why) -> addBroken(what, why, entries));
    return List.copyOf(entries.values());
  }

  /** The lanes that stand in no file for lanes, but among the routes of an application. */
  List<LaneReport.Entry> ofOthers() {
    Set<String> known = running.all().keySet();
    return lanes.all().stream()
        .filter(lane -> !known.contains(lane.name()))
        .map(LaneStates::entryOfOther)
        .toList();
  }

  private static LaneReport.Entry entryOfOther(Lane lane) {
    boolean paused = lane.pause().isOn();
    String trouble = lane.reach().trouble();
    return new LaneReport.Entry(
        lane.name(),
        null,
        paused ? "paused" : trouble == null ? "running" : "waiting",
        paused ? lane.pause().reason() : trouble == null ? lane.remark() : trouble,
        lane.watches(),
        null,
        lane.isRecursive(),
        LaneReport.masked(lane.getConnectionId()));
  }

  private LaneReport.Entry entry(LaneDefinition lane, Map<String, String> wrong) {
    Lane now = lanes.byName(lane.name());
    boolean paused = now.pause().isOn();
    String trouble = now.reach().trouble();
    String[] whys = {
      paused ? now.pause().reason() : null,
      trouble,
      wrong.remove(lane.name()),
      complaints.of(lane.file().toString()),
      removeNamesake(lane, wrong),
      now.remark(),
      keptFolders.remark()
    };
    return new LaneReport.Entry(
        lane.name(),
        lane.place(),
        paused
            ? "paused"
            : running.isLeaving(lane.name()) ? "ending" : trouble == null ? "running" : "waiting",
        Stream.of(whys).filter(Objects::nonNull).findFirst().orElse(null),
        now.watches(),
        lane.parameters().containsKey("host") ? null : now.directory().toString(),
        now.isRecursive(),
        LaneReport.masked(now.getConnectionId()));
  }

  private static String removeNamesake(LaneDefinition lane, Map<String, String> wrong) {
    String why = null;
    for (String what : List.copyOf(wrong.keySet())) {
      if (what.startsWith(Namesakes.complaintAbout(lane.name()))) {
        why = wrong.remove(what);
      }
    }
    return why;
  }

  /** The lanes of a file, as far as they have names there, or else the file itself. */
  private static void addBroken(String what, String why, Map<String, LaneReport.Entry> entries) {
    List<String> names = SketchedLanes.namesIn(Path.of(what));
    for (String name : names.isEmpty() ? List.of(SketchedLanes.nameOf(Path.of(what))) : names) {
      entries.putIfAbsent(name, LaneReport.Entry.broken(name, what, why));
    }
  }
}
