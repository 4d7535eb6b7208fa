package io.mediadrop.lanefile;

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
   * @param name the lane's name, or that of the file
   * @param file where it stands
   * @param state running, waiting, ending, paused or broken
   * @param why what a person has to know about that, or null
   * @param watches the folder, for people; null where it is not known
   * @param directory the folder, if it is one of this machine, or null
   * @param recursive whether folders below are watched too
   * @param connection as much of the connection's id as tells it from others; null if unknown
   */
  public record Entry(
      String name,
      String file,
      String state,
      String why,
      String watches,
      String directory,
      boolean recursive,
      String connection) {

    /** Whether the lane uploads, or ends what it has begun. */
    public boolean works() {
      return state.equals("running") || state.equals("ending");
    }

    /** Something that cannot run. */
    static Entry broken(String name, String file, String why) {
      return new Entry(name, file, "broken", why, null, null, true, null);
    }
  }

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

  /** As much of a connection's id as tells it from others: {@code conn_…4f2a}. */
  public static String masked(String connection) {
    int prefix = connection.indexOf('_') + 1;
    String start = prefix <= 8 ? connection.substring(0, prefix) : "";
    boolean isLong = connection.length() >= start.length() + 8;
    return start + "…" + (isLong ? connection.substring(connection.length() - 4) : "");
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }
}
