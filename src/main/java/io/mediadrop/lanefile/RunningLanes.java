package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the lanes that run to what is wanted. A lane that is to be changed or removed takes no
 * more files, ends what it has begun, and only then goes; the others do not notice.
 */
class RunningLanes {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** How long a lane that could not be started is left alone, in nanoseconds. */
  private static final long REST = TimeUnit.SECONDS.toNanos(3);

  /** A lane that runs, with its parameters as they were when it was started. */
  private static final class Running {

    private final Map<String, String> values;
    private LaneDefinition definition;
    private boolean leaving;

    Running(LaneDefinition definition, Map<String, String> values) {
      this.definition = definition;
      this.values = values;
    }
  }

  /**
   * A lane that could not be started.
   *
   * @param passing whether it may be started later as it is, such as when its share is mounted
   */
  private record Refused(LaneDefinition definition, long at, boolean passing) {}

  private final Map<String, Running> running = new TreeMap<>();
  private final Map<String, Refused> refused = new HashMap<>();
  private final LaneRoutes routes;
  private final Lanes lanes;
  private final Complaints complaints;

  /** No lane runs yet. */
  RunningLanes(LaneRoutes routes, Lanes lanes, Complaints complaints) {
    this.routes = routes;
    this.lanes = lanes;
    this.complaints = complaints;
  }

  /** Takes as many steps towards these lanes as can be taken without waiting. */
  void become(Map<String, LaneDefinition> wanted) {
    for (Running each : List.copyOf(running.values())) {
      LaneDefinition next = wanted.get(each.definition.name());
      if (each.leaving || !isAsWanted(each, next)) {
        leave(each, next);
      }
    }
    forgetRefusedBut(wanted.keySet());
    for (LaneDefinition lane : wanted.values()) {
      if (!running.containsKey(lane.name()) && isWorthTrying(lane)) {
        startRight(lane, "watches");
      }
    }
  }

  /** What was wrong with lanes that are not described any more is over. */
  private void forgetRefusedBut(Set<String> wanted) {
    for (String name : List.copyOf(refused.keySet())) {
      if (!wanted.contains(name)) {
        refused.remove(name);
        complaints.settle(name);
      }
    }
  }

  private boolean isAsWanted(Running lane, LaneDefinition next) {
    if (next == null) {
      return false;
    }
    try {
      return next == lane.definition || isRefused(next) || isSame(lane, next);
    } catch (ConfigurationMistake e) {
      refuse(next, e, "; until then the lane goes on as it was");
      return true;
    }
  }

  private boolean isSame(Running lane, LaneDefinition next) {
    boolean same =
        lane.definition.template().equals(next.template())
            && lane.values.equals(routes.resolved(next));
    if (same) {
      lane.definition = next;
      refused.remove(next.name());
      complaints.settle(next.name());
    }
    return same;
  }

  private void refuse(LaneDefinition lane, ConfigurationMistake why, String untilThen) {
    refused.put(lane.name(), new Refused(lane, System.nanoTime(), PassingTrouble.in(why) != null));
    complaints.about(lane.name(), why.getMessage() + untilThen);
  }

  /** Until it is read anew. */
  private boolean isRefused(LaneDefinition lane) {
    Refused before = refused.get(lane.name());
    return before != null && before.definition() == lane;
  }

  private boolean isWorthTrying(LaneDefinition lane) {
    return !isRefused(lane) || System.nanoTime() - refused.get(lane.name()).at() >= REST;
  }

  private void leave(Running lane, LaneDefinition next) {
    LaneDefinition old = lane.definition;
    if (!lane.leaving) {
      lane.leaving = true;
      lanes.byName(old.name()).retire();
      routes.suspend(old);
      if (isAtWork(old)) {
        LOG.info("Lane {} ends its uploads under way before it changes", old);
      }
    }
    if (!isAtWork(old)) {
      Lane gone = lanes.byName(old.name());
      routes.remove(old);
      running.remove(old.name());
      if (next == null) {
        gone.pause().forget();
        complaints.settle(old.name());
        LOG.info("Lane {} is removed; files in {} stay there", old, gone.watches());
      } else if (!startRight(next, "has changed and watches")) {
        start(old, "goes on as it was and watches");
      }
    }
  }

  /** Files that are fetched from a server first have left the lane's route already. */
  private boolean isAtWork(LaneDefinition lane) {
    return routes.filesUnderWay(lane) > 0 || lanes.byName(lane.name()).hand().isAtWork();
  }

  /** Starts a lane as it is wanted, with which nothing is wrong any more. */
  private boolean startRight(LaneDefinition lane, String how) {
    boolean started = start(lane, how);
    if (started) {
      refused.remove(lane.name());
      complaints.settle(lane.name());
    }
    return started;
  }

  private boolean start(LaneDefinition lane, String how) {
    try {
      Map<String, String> values = routes.resolved(lane);
      routes.add(lane);
      running.put(lane.name(), new Running(lane, values));
      Lane started = lanes.byName(lane.name());
      LOG.info("Lane {} {} {}", lane, how, started.watches());
      return true;
    } catch (ConfigurationMistake e) {
      refuse(lane, e, "");
      return false;
    }
  }

  /** The lanes that run, by name. */
  Map<String, LaneDefinition> all() {
    Map<String, LaneDefinition> all = new TreeMap<>();
    running.forEach((name, lane) -> all.put(name, lane.definition));
    return all;
  }

  /** The lanes that do not run, and start by themselves once a trouble of the machine is over. */
  Set<String> awaited() {
    return refused.entrySet().stream()
        .filter(lane -> lane.getValue().passing() && !running.containsKey(lane.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the lane runs as it is described there. */
  boolean runs(LaneDefinition lane) {
    Running now = running.get(lane.name());
    return now != null && now.definition == lane;
  }

  /** Whether the lane ends its last uploads. */
  boolean isLeaving(String name) {
    return running.get(name).leaving;
  }
}
