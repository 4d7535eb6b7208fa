package io.mediadrop.health;

import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.lanefile.LaneReport.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which lanes do not upload, and why. Starting the process again, or taking it out of service,
 * would help none of them, and stop the others.
 */
final class LanesCheck {

  /** More than these are counted only: a monitoring system keeps each answer. */
  private static final int MOST_NAMED = 20;

  private final LaneFiles laneFiles;

  LanesCheck(LaneFiles laneFiles) {
    this.laneFiles = laneFiles;
  }

  /** How they were at the last look, two seconds ago at most. */
  Finding look() {
    List<Entry> lanes = laneFiles.entries();
    List<Entry> resting = lanes.stream().filter(lane -> !lane.works()).toList();
    if (lanes.isEmpty()) {
      return Finding.well("there is no lane: add a file for one, see docs/lanes.md");
    }
    if (resting.isEmpty()) {
      return Finding.well("all lanes take files").with("lanes", lanes.size());
    }
    return Finding.well(
            "%d of %d lanes %s not upload: do what is said of each, then it goes on by itself"
                .formatted(resting.size(), lanes.size(), resting.size() == 1 ? "does" : "do"))
        .with("lanes", lanes.size())
        .with("resting", resting.stream().limit(MOST_NAMED).map(LanesCheck::told).toList());
  }

  private static Map<String, String> told(Entry lane) {
    Map<String, String> told = new TreeMap<>();
    told.put("name", lane.name());
    told.put("state", lane.state());
    told.put("why", String.valueOf(lane.why()));
    return told;
  }
}
