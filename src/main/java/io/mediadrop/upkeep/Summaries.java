package io.mediadrop.upkeep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Event;
import io.mediadrop.ledger.EventType;
import io.mediadrop.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Tells subscribers once a day, after midnight UTC, what each lane has done since the last time.
 */
class Summaries {

  private static final String FACT = "summarized-until";

  /** A clock that is put right by less is that day's own matter. */
  private static final Duration FAR = Duration.ofDays(1);

  private static final String FAILED =
      " UNION ALL SELECT lane, 0, 1, 0, NULL FROM %s WHERE failed_at >= :from AND failed_at < :to";

  /** Found through indexes: it is reckoned within a change, for which all others wait. */
  static final String COUNTS =
      "SELECT lane, SUM(uploaded) AS uploaded, SUM(failed) AS failed, SUM(waiting) AS waiting,"
          + " MIN(oldest) AS oldest FROM (SELECT lane,"
          + " CASE WHEN duplicate_of IS NULL AND has_error = 0 THEN 1 ELSE 0 END AS uploaded,"
          + " 0 AS failed, 0 AS waiting, NULL AS oldest FROM uploads"
          // what is removed already is older than a day
          + " WHERE removed_at IS NULL AND uploaded_at >= :from AND uploaded_at < :to"
          + FAILED.formatted("uploads")
          + FAILED.formatted("ended")
          + FAILED.formatted("work")
          + " UNION ALL SELECT lane, 0, 0, 1, claimed_at FROM work WHERE state <> 'MISSING'"
          + ") AS counted GROUP BY lane";

  private final Clock clock;
  private final Ledger ledger;
  private final Lanes lanes;

  Summaries(Ledger ledger, Lanes lanes, Clock clock) {
    this.ledger = ledger;
    this.lanes = lanes;
    this.clock = clock;
  }

  /** Records a summary if a day has ended since the last one. */
  void look() {
    Instant now = clock.instant();
    Optional<Instant> last = ledger.read(Summaries::last);
    if (last.isEmpty()) {
      ledger.write(
          handle ->
              handle.execute(
                  "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                  FACT,
                  now.toString()));
    } else if (dayOf(last.get()).isBefore(dayOf(now))) {
      ledger.write(handle -> tell(handle, last.get(), now));
    } else if (last.get().isAfter(now.plus(FAR))) {
      // the clock had run ahead when the last one was told
      ledger.write(handle -> move(handle, last.get(), now));
    }
  }

  private static Optional<Instant> last(Handle handle) {
    return handle
        .createQuery("SELECT value FROM facts WHERE name = ?")
        .bind(0, FACT)
        .mapTo(String.class)
        .findOne()
        .map(Instant::parse);
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Of several instances on one ledger the first one does it. */
  private static boolean move(Handle handle, Instant from, Instant to) {
    return handle.execute(
            "UPDATE facts SET value = ? WHERE name = ? AND value = ?",
            to.toString(),
            FACT,
            from.toString())
        == 1;
  }

  private boolean tell(Handle handle, Instant from, Instant to) {
    boolean mine = move(handle, from, to);
    if (mine) {
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.put("from", from.toString());
      data.put("to", to.toString());
      data.set("lanes", counts(handle, from, to));
      ledger.events().record(handle, Event.of(EventType.RUN_SUMMARY, to.toEpochMilli(), data));
    }
    return mine;
  }

  private ArrayNode counts(Handle handle, Instant from, Instant to) {
    Map<String, ObjectNode> byLane = new TreeMap<>();
    for (Lane lane : lanes.all()) {
      byLane.put(lane.name(), counts(lane.name(), 0, 0, 0, null));
    }
    handle
        .createQuery(COUNTS)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .map((row, context) -> counts(row))
        .forEach(lane -> byLane.put(lane.path("lane").asText(), lane));
    return JsonNodeFactory.instance.arrayNode().addAll(byLane.values());
  }

  private static ObjectNode counts(ResultSet row) throws SQLException {
    long oldest = row.getLong("oldest");
    return counts(
        row.getString("lane"),
        row.getInt("uploaded"),
        row.getInt("failed"),
        row.getInt("waiting"),
        oldest == 0 ? null : Instant.ofEpochMilli(oldest).toString());
  }

  private static ObjectNode counts(
      String lane, int uploaded, int failed, int waiting, String oldest) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    counts.put("lane", lane);
    counts.put("uploaded", uploaded);
    counts.put("failed", failed);
    counts.put("waiting", waiting);
    counts.put("oldest", oldest);
    return counts;
  }
}
