package io.mediadrop.readiness;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.AwaitedMedia;
import io.mediadrop.ledger.Connections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Body;

/**
 * Chooses the uploads to ask about: some of each lane that is there and takes files, and whose
 * connection has calls to spare.
 */
public class Turns {

  private static final int MOST = 20;

  private final Map<String, Rest> rests = new ConcurrentHashMap<>();
  private AwaitedMedia awaitedMedia;
  private Lanes lanes;
  private Connections connections;
  private RateLimits rateLimits;
  private Intake intake;

  /** A lane whose calls fail is left alone for a while. */
  private record Rest(int failures, long until) {}

  /** What is to be asked about now. */
  public List<FollowUp> due() {
    if (!intake.isOpen() || !awaitedMedia.isAnyDue()) {
      return List.of();
    }
    return lanes.all().stream().filter(this::isFree).flatMap(this::of).toList();
  }

  private boolean isFree(Lane lane) {
    Rest rest = rests.get(lane.name());
    return lane.takesFiles()
        && (rest == null || System.nanoTime() - rest.until() >= 0)
        && rateLimits.canSpare(lane);
  }

  /** Begins the turn that an upload is asked about in, unless that was done. */
  public void begin(@Body FollowUp followUp) {
    followUp.turn().begin();
  }

  /** The uploads of an earlier connection wait until the lane has it again. */
  private Stream<FollowUp> of(Lane lane) {
    Turn turn = new Turn(lane, intake);
    return awaitedMedia
        .due(lane.name(), connections.fingerprint(lane.getConnectionId()), MOST)
        .stream()
        .map(awaited -> new FollowUp(turn, awaited, null, null, null));
  }

  /** A call of the lane has failed in passing. */
  void failed(Lane lane) {
    rests.compute(
        lane.name(),
        (name, before) -> {
          int failures = before == null ? 0 : before.failures();
          return new Rest(
              failures + 1, System.nanoTime() + awaitedMedia.backOff().after(failures).toNanos());
        });
  }

  /** The calls of the lane are answered. */
  void wentWell(Lane lane) {
    rests.remove(lane.name());
  }

  public void setAwaitedMedia(AwaitedMedia awaitedMedia) {
    this.awaitedMedia = awaitedMedia;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setConnections(Connections connections) {
    this.connections = connections;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}
