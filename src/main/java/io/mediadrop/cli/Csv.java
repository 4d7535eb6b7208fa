package io.mediadrop.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of values as spreadsheets read them (RFC 4180). */
final class Csv {

  private static final Pattern TO_QUOTE = Pattern.compile("[\",\r\n]|^\\s|\\s$");

  /** What a spreadsheet would take for a formula. */
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r]");

  private Csv() {}

  /** Prints one line; null is an empty value. */
  static void line(PrintWriter out, Object... values) {
    out.print(Arrays.stream(values).map(Csv::value).collect(Collectors.joining(",")));
    out.print("\r\n");
  }

  private static String value(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && FORMULA.matcher(text).find()) {
      text = "'" + text;
    }
    return TO_QUOTE.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
