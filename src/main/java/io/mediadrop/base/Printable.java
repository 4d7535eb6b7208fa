package io.mediadrop.base;

import java.nio.file.Path;

/**
 * A file name made safe for people to read: control characters, line ends and the marks that turn
 * the reading direction are written as {@code \\uXXXX}, so that a name can neither forge a log line
 * nor look like another name.
 */
public final class Printable {

  private Printable() {}

  /** The path as one line of harmless characters. */
  public static String of(Path path) {
    return of(path.toString());
  }

  /** The text as one line of harmless characters. */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(printable, c));
    return printable.toString();
  }

  private static void append(StringBuilder printable, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          // the zero-width joiner only glues emoji together
          printable.append(c == 0x200D ? Character.toString(c) : String.format("\\u%04X", c));
      default -> printable.appendCodePoint(c);
    }
  }
}
