package io.mediadrop.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.ledger.EventType;
import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells subscribers that lanes pause and go on. */
public class LaneEvents {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger;

  /** Takes its times from the machine's clock. */
  public LaneEvents(Ledger ledger) {
    this.ledger = ledger;
  }

  /** A lane takes no files until a person has done something. */
  public void paused(String lane, String reason, String remedy) {
    ObjectNode data = data(lane);
    data.put("reason", reason);
    data.put("remedy", remedy);
    record(EventType.LANE_PAUSED, lane, data);
  }

  /** A paused lane takes files again. */
  public void resumed(String lane) {
    record(EventType.LANE_RESUMED, lane, data(lane));
  }

  private static ObjectNode data(String lane) {
    return JsonNodeFactory.instance.objectNode().put("lane", lane);
  }

  /** A pause is kept up although the ledger cannot take it down. */
  private void record(EventType type, String lane, ObjectNode data) {
    try {
      ledger.write(
          handle -> {
            ledger.events().recordOfLane(handle, type, lane, clock.millis(), data);
            return data;
          });
    } catch (JdbiException e) {
      LOG.error("{} of lane {} is told to nobody: {}", type.word(), lane, e.getMessage());
    }
  }
}
