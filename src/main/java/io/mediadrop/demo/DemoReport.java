package io.mediadrop.demo;

import io.mediadrop.ledger.LedgerDatabase;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** What became of the demo's samples, as the ledger has it. */
final class DemoReport {

  private record Row(
      String file, String state, int parts, String mediaId, String archived, int open) {

    boolean isDone() {
      return state.equals("FILED") && open == 0;
    }

    boolean hasFailed() {
      return state.equals("FAILED_MOVED");
    }
  }

  private static final String ROWS =
      "SELECT d.path, d.state, d.media_id, d.archive_path,"
          + " (SELECT COUNT(*) FROM parts p WHERE p.drop_id = d.id) AS parts,"
          + " (SELECT COUNT(*) FROM outbox o WHERE o.subject = d.id) AS open"
          + " FROM drops d ORDER BY d.path";

  private final LedgerDatabase database;

  DemoReport(LedgerDatabase database) {
    this.database = database;
  }

  /** Whether all samples were archived and announced, as soon as that is decided, or in time. */
  boolean await(List<String> samples, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      List<Row> rows = rows();
      if (rows.stream().allMatch(row -> row.isDone() || row.hasFailed())
          && rows.size() == samples.size()) {
        break;
      }
      Thread.sleep(50);
    }
    return rows().stream().filter(Row::isDone).count() == samples.size();
  }

  private List<Row> rows() {
    return database.read(
        handle ->
            handle
                .createQuery(ROWS)
                .map(
                    (row, context) ->
                        new Row(
                            row.getString("path"),
                            row.getString("state"),
                            row.getInt("parts"),
                            row.getString("media_id"),
                            row.getString("archive_path"),
                            row.getInt("open")))
                .list());
  }

  void print(PrintWriter out) {
    out.printf(
        "%n%-12s %-12s %-14s %-11s %s%n", "file", "uploaded", "media", "announced", "archived as");
    for (Row row : rows()) {
      out.printf(
          "%-12s %-12s %-14s %-11s %s%n",
          row.file(),
          row.mediaId() == null ? row.state() : row.parts() == 0 ? "whole" : row.parts() + " parts",
          row.mediaId() == null ? "-" : row.mediaId(),
          row.isDone() ? "yes" : "no",
          row.archived() == null ? "-" : row.archived());
    }
  }
}
