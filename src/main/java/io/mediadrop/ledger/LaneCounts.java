package io.mediadrop.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger knows of one lane.
 *
 * @param uploading files that are being uploaded
 * @param waiting files that were begun and wait for their next try
 * @param inDoubt files of which only the API knows whether it has them
 * @param failedToday files that have failed since midnight
 */
public record LaneCounts(int uploading, int waiting, int inDoubt, int failedToday) {

  /** Of a lane that has nothing to do. */
  public static final LaneCounts NONE = new LaneCounts(0, 0, 0, 0);

  /** What is not in doubt so far is worked on, unless it waits, or nothing runs. */
  private static final String QUERY =
      """
      SELECT lane, SUM(uploading) AS uploading, SUM(waiting) AS waiting, SUM(in_doubt) AS in_doubt,
        SUM(failed_today) AS failed_today
      FROM (
        SELECT lane,
          CASE WHEN state IN ('CLAIMED', 'OPENED', 'SENDING', 'COMPLETING')
                 AND doubt_since IS NULL AND :running = 1 THEN 1 ELSE 0 END AS uploading,
          CASE WHEN state = 'WAITING' OR state IN ('CLAIMED', 'OPENED') AND :running = 0
               THEN 1 ELSE 0 END AS waiting,
          CASE WHEN state IN ('SENDING', 'COMPLETING')
                 AND (doubt_since IS NOT NULL OR :running = 0) THEN 1 ELSE 0 END AS in_doubt,
          CASE WHEN state = 'FAILED' AND failed_at >= :midnight THEN 1 ELSE 0 END AS failed_today
        FROM work
        UNION ALL SELECT lane, 0, 0, 0, 1 FROM ended WHERE failed_at >= :midnight
        UNION ALL SELECT lane, 0, 0, 0, 1 FROM uploads WHERE failed_at >= :midnight
      ) AS counted
      GROUP BY lane
      """;

  /**
   * The counts of all lanes by name.
   *
   * @param running whether another process works on the ledger
   */
  public static Map<String, LaneCounts> read(Handle handle, boolean running) {
    return handle
        .createQuery(QUERY)
        .bind("running", running ? 1 : 0)
        .bind("midnight", midnight())
        .map((row, context) -> Map.entry(row.getString("lane"), of(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long midnight() {
    return LocalDate.now().atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli();
  }

  private static LaneCounts of(ResultSet row) throws SQLException {
    return new LaneCounts(
        row.getInt("uploading"),
        row.getInt("waiting"),
        row.getInt("in_doubt"),
        row.getInt("failed_today"));
  }
}
