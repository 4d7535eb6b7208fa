package io.mediadrop.delivery;

import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.notify.LaneEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses the lanes that a failure concerns, and lets them go on when the API takes calls again. */
public class Pauses {

  /** Whom a failure concerns besides the lane that it happened to. */
  public enum Scope {
    /** Nobody else. */
    LANE,
    /** The lanes of the same connection. */
    CONNECTION,
    /** The lanes with the same key. */
    KEY,
    /** All lanes: they call the same address. */
    ADDRESS
  }

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** As many files in a row with the same refusal are no coincidence. */
  private static final int TOO_MANY_ALIKE = 10;

  private record Refusals(String like, int inARow) {}

  private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();
  private Lanes lanes;
  private LaneEvents laneEvents;

  /** Pauses a lane and those that share what is wrong, and says so once. */
  public void pause(Lane lane, Scope scope, String what, String remedy) {
    List<Lane> paused =
        lanes.all().stream()
            .filter(concerns(lane, scope))
            .filter(each -> begin(each, what, remedy))
            .toList();
    if (!paused.isEmpty()) {
      LOG.error("Paused: {}. {} {}", names(paused), what, remedy);
      paused.forEach(each -> laneEvents.paused(each.name(), what, remedy));
    }
  }

  private boolean begin(Lane lane, String what, String remedy) {
    return lane.pause().begin(what, remedy, () -> laneEvents.resumed(lane.name()));
  }

  private static Predicate<Lane> concerns(Lane lane, Scope scope) {
    return switch (scope) {
      case LANE -> lane::equals;
      case CONNECTION -> other -> other.getConnectionId().equals(lane.getConnectionId());
      case KEY -> other -> other.getApiKey().equals(lane.getApiKey());
      case ADDRESS -> other -> true;
    };
  }

  /**
   * Counts a refused file; true when so many in a row were refused alike that it must not go on.
   */
  public boolean isSystematic(Lane lane, String refusal) {
    return refusals
            .merge(
                lane.name(),
                new Refusals(refusal, 1),
                (before, now) ->
                    before.like().equals(refusal)
                        ? new Refusals(refusal, before.inARow() + 1)
                        : now)
            .inARow()
        >= TOO_MANY_ALIKE;
  }

  /** A file of the lane was uploaded: what was refused before was the files' own fault. */
  public void wentWell(@Variable("file") DroppedFile file) {
    Lane lane = file.lane();
    refusals.remove(lane.name());
    if (lane.pause().isOver()) {
      tellResumed(List.of(lane));
    }
  }

  /**
   * One paused lane for each key and connection, to ask the API with; called at equal intervals.
   */
  public List<Lane> toProbe() {
    List<Lane> probes = new ArrayList<>();
    List<Lane> resumed = new ArrayList<>();
    for (Lane lane : lanes.all()) {
      if (lane.pause().look()) {
        resumed.add(lane);
      }
      if (lane.pause().isDue() && probes.stream().noneMatch(other -> isSameAccess(lane, other))) {
        probes.add(lane);
      }
    }
    if (!resumed.isEmpty()) {
      tellResumed(resumed);
    }
    return probes;
  }

  /**
   * The API takes calls with this lane's key and connection again. Whether it takes files as well
   * is told when that is known.
   */
  public void resume(@Body Lane lane) {
    lanes.all().stream()
        .filter(other -> isSameAccess(lane, other) && other.pause().isDue())
        .forEach(other -> other.pause().end());
  }

  private void tellResumed(List<Lane> resumed) {
    LOG.info("Resumed: {}", names(resumed));
    resumed.forEach(each -> laneEvents.resumed(each.name()));
  }

  private static boolean isSameAccess(Lane lane, Lane other) {
    return lane.getApiKey().equals(other.getApiKey())
        && lane.getConnectionId().equals(other.getConnectionId());
  }

  private static String names(List<Lane> lanes) {
    return String.join(", ", lanes.stream().map(lane -> "lane " + lane).toList());
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setLedger(Ledger ledger) {
    laneEvents = new LaneEvents(ledger);
  }
}
