package io.mediadrop.console;

import java.util.List;

/**
 * How all is, at one glance.
 *
 * @param sentence what somebody has to know who reads nothing else
 * @param colour red where uploads stand still until a person acts, yellow where somebody should
 *     have a look, else green
 * @param todo what a person should see to, the urgent first
 * @param freeMiB on the fullest disk of the home; -1 before it was looked at
 * @param version of mediadrop; empty where it was not built as a jar
 */
record Overview(
    String sentence, String colour, List<ToDo> todo, Counts counts, long freeMiB, String version) {

  /**
   * Files, of all lanes.
   *
   * @param uploading are being uploaded
   * @param waiting were begun and wait for their next try
   * @param inDoubt of which only the API knows whether it has them
   * @param inFolders were seen at the last looks through the folders
   * @param uploadedToday since midnight, those too that the API had already
   * @param failedToday since midnight
   */
  record Counts(
      int uploading, int waiting, int inDoubt, int inFolders, int uploadedToday, int failedToday) {}

  static Overview of(List<ToDo> todo, int lanes, Counts counts, long freeMiB, String version) {
    boolean urgent = !todo.isEmpty() && todo.get(0).urgent();
    String sentence =
        todo.isEmpty()
            ? "All well. " + work(lanes, counts)
            : urgent
                ? todo.get(0).about() + ": " + todo.get(0).says()
                : "%s to look at. %s"
                    .formatted(many(todo.size(), "thing", "things"), work(lanes, counts));
    return new Overview(
        sentence,
        urgent ? "red" : todo.isEmpty() ? "green" : "yellow",
        todo,
        counts,
        freeMiB,
        version);
  }

  private static String work(int lanes, Counts counts) {
    return "%s, %s uploading, %d waiting, %d done today."
        .formatted(
            many(lanes, "lane", "lanes"),
            many(counts.uploading(), "file", "files"),
            counts.waiting(),
            counts.uploadedToday());
  }

  private static String many(int number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
