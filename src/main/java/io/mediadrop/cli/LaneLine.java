package io.mediadrop.cli;

import io.mediadrop.base.Printable;
import io.mediadrop.ledger.LaneCounts;
import java.io.PrintWriter;
import java.util.List;

/**
 * One lane in the list.
 *
 * @param connection masked; empty where it is not known
 * @param counts null for what cannot run
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
}
