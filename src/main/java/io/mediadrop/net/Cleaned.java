package io.mediadrop.net;

import io.mediadrop.base.Printable;

/** Words that come from a stranger, short and harmless enough for a log line. */
public final class Cleaned {

  private static final int LONGEST = 120;

  private Cleaned() {}

  /** The first words, on one line. */
  public static String of(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return Printable.of(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
  }
}
