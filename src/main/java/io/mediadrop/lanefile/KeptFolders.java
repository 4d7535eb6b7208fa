package io.mediadrop.lanefile;

import io.mediadrop.lane.Lanes;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether it is known of all lanes that are described which folders they are for. */
class KeptFolders {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lanes lanes;
  private final UnaryOperator<String> placeholders;

  /** Where lanes are described that are for nobody knows which folder. */
  private List<String> unknown = List.of();

  KeptFolders(Lanes lanes, UnaryOperator<String> placeholders) {
    this.lanes = lanes;
    this.placeholders = placeholders;
  }

  /**
   * Keeps the folders of all lanes that are described for them, whatever is wrong with those.
   *
   * @param runs whether a lane runs as it is described
   * @param areRead whether nobody is writing on a file
   */
  void keep(DescribedLanes described, Predicate<LaneDefinition> runs, boolean areRead, long now) {
    Reservations reservations = new Reservations(placeholders);
    for (WatchedLaneFile file : described.files()) {
      file.lanes().stream().filter(runs.negate()).forEach(reservations::add);
      if (file.mistake() != null) {
        reservations.add(file.path());
      }
    }
    described.misnamed().forEach(reservations::add);
    lanes.reserve(reservations.places());
    know(reservations.unknown(), areRead, now);
  }

  /** It is not known which lanes there are, because of something that cannot be read. */
  void lose(String what) {
    know(List.of(what), false, 0);
  }

  private void know(List<String> nowUnknown, boolean areRead, long now) {
    if (nowUnknown.isEmpty() && areRead) {
      lanes.known(now);
    } else {
      lanes.unknown();
    }
    if (!nowUnknown.equals(unknown)) {
      unknown = nowUnknown;
      if (unknown.isEmpty()) {
        LOG.info("The folders of all lanes are known: files are taken from sub-folders again");
      } else {
        LOG.error(
            "{}: it cannot be read which folders the lanes there are for, so that no lane takes files"
                + " from its sub-folders until that is right",
            String.join(", ", unknown));
      }
    }
  }

  /** Why no lane takes files from its sub-folders, for people; null if they do. */
  String remark() {
    return unknown.isEmpty()
        ? null
        : "it takes no files from its sub-folders until it can be read which folders the lanes in "
            + String.join(", ", unknown)
            + " are for";
  }
}
