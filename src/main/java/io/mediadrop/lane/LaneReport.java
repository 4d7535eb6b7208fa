package io.mediadrop.lane;

import java.util.List;

/**
 * How the lanes of a running mediadrop are, for whoever asks from outside.
 *
 * @param pid the process that they run in
 * @param started when that process began, milliseconds since the epoch
 * @param lanes all lanes, the broken ones too
 */
public record LaneReport(long pid, long started, List<Entry> lanes) {

  /**
   * One lane, or a file of lanes that cannot be read.
   *
   * @param name the lane's name; null for a file
   * @param file where it stands
   * @param state running, ending, paused or broken
   * @param why what a person has to know about that, or null
   */
  public record Entry(String name, String file, String state, String why) {}

  /** The report of this process. */
  static LaneReport of(List<Entry> lanes) {
    ProcessHandle self = ProcessHandle.current();
    return new LaneReport(self.pid(), startOf(self), lanes);
  }

  /** Whether the process that has written the report still runs. */
  public boolean runs() {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && startOf(process) == started)
        .isPresent();
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }
}
