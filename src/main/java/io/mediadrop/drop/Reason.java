package io.mediadrop.drop;

/**
 * Why a drop was not uploaded, for a person.
 *
 * @param what happened, in one sentence
 * @param fault whose it is
 * @param remedy what to do about it
 */
public record Reason(String what, String fault, String remedy) {

  /** Of an upload that ended well, and of which the API could make nothing. */
  public static final Reason NOT_PROCESSED =
      new Reason(
          "The API has taken it and could not process it.",
          "the file's, as the API sees it",
          "check that the file opens, export it anew, then retry");

  public String toColumn() {
    return String.join("\n", line(what), line(fault), line(remedy));
  }

  public static Reason ofColumn(String column) {
    String[] lines = column.split("\n", -1);
    return new Reason(lines[0], lines[1], lines[2]);
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").trim();
  }
}
