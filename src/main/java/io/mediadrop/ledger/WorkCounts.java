package io.mediadrop.ledger;

import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How many files wait, and how many are in doubt, as it was at the last look. */
public class WorkCounts {

  /**
   * The counts of one lane.
   *
   * @param waiting files that were begun and wait for their next try
   * @param inDoubt files of which only the API knows whether it has them
   */
  public record Counts(int waiting, int inDoubt) {}

  static final String QUERY =
      "SELECT lane, COUNT(CASE WHEN state = 'WAITING' THEN 1 END), COUNT(doubt_since) FROM work"
          + " WHERE state <> 'UPLOADED' GROUP BY lane";

  private static final Counts NONE = new Counts(0, 0);

  private final Ledger ledger;
  private volatile Map<String, Counts> counts = Map.of();
  private long countedAt = -1;

  public WorkCounts(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Counts anew if anything was written since the last time. */
  public void look() {
    long changes = ledger.changes();
    if (changes != countedAt) {
      counts = ledger.read(WorkCounts::counted);
      countedAt = changes;
    }
  }

  private static Map<String, Counts> counted(Handle handle) {
    return Sql.all(
            handle,
            row -> Map.entry(row.getString(1), new Counts(row.getInt(2), row.getInt(3))),
            QUERY)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The counts of a lane. */
  public Counts of(String lane) {
    return counts.getOrDefault(lane, NONE);
  }
}
