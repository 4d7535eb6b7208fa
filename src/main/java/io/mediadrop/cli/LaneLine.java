package io.mediadrop.cli;

import io.mediadrop.source.Printable;
import java.io.PrintWriter;
import java.util.List;

/**
 * One lane in the list.
 *
 * @param connection masked
 * @param files in its folder; null where nobody can count them
 * @param why what a person has to know about its state, or null
 */
record LaneLine(
    String name,
    String state,
    String connection,
    LaneCounts counts,
    Integer files,
    String file,
    String folder,
    String why) {

  private static final String FORM = "%-16s %-8s %-12s %9s %7s %8s %12s %9s  %s%n";

  /** A lane, or a file of lanes, of which nothing is known but what is wrong with it. */
  static LaneLine broken(String name, String file, String why) {
    return new LaneLine(name, "broken", "", null, null, file, "", why);
  }

  /** Prints the list. */
  static void print(List<LaneLine> lines, PrintWriter out) {
    out.printf(
        FORM,
        "lane",
        "state",
        "connection",
        "uploading",
        "waiting",
        "in doubt",
        "failed today",
        "in folder",
        "folder");
    lines.forEach(line -> line.print(out));
    out.flush();
  }

  private void print(PrintWriter out) {
    out.printf(
        FORM,
        name,
        state,
        connection,
        counts == null ? "" : counts.uploading(),
        counts == null ? "" : counts.waiting(),
        counts == null ? "" : counts.inDoubt(),
        counts == null ? "" : counts.failedToday(),
        files == null ? "" : files,
        Printable.of(folder));
    out.printf("  in %s%n", file);
    if (why != null) {
      out.printf("  %s%n", why);
    }
  }

  /** As much of a connection's id as tells it from others: {@code conn_…4f2a}. */
  static String masked(String connection) {
    int prefix = connection.indexOf('_') + 1;
    String start = prefix <= 8 ? connection.substring(0, prefix) : "";
    boolean isLong = connection.length() >= start.length() + 8;
    return start + "…" + (isLong ? connection.substring(connection.length() - 4) : "");
  }
}
