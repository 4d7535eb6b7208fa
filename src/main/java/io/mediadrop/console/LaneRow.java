package io.mediadrop.console;

import io.mediadrop.base.Printable;
import io.mediadrop.lanefile.LaneReport.Entry;
import io.mediadrop.ledger.LaneCounts;

/**
 * One lane, or a file of lanes that cannot be read.
 *
 * @param state running, waiting, ending, paused or broken
 * @param why what a person has to know about that, or null
 * @param folder what it watches; null where it is not known
 * @param connection as much of the connection's id as tells it from others; null if unknown
 * @param inFolder files that were seen at the last look; -1 where nobody has counted
 */
record LaneRow(
    String name,
    String state,
    String why,
    String folder,
    String connection,
    int uploading,
    int waiting,
    int inDoubt,
    int failedToday,
    int inFolder) {

  static LaneRow of(Entry lane, LaneCounts counts, int inFolder) {
    return new LaneRow(
        Printable.of(lane.name()),
        lane.state(),
        printable(lane.why()),
        printable(lane.watches()),
        lane.connection(),
        counts.uploading(),
        counts.waiting(),
        counts.inDoubt(),
        counts.failedToday(),
        inFolder);
  }

  private static String printable(String text) {
    return text == null ? null : Printable.of(text);
  }
}
