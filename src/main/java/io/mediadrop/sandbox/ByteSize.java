package io.mediadrop.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 5MiB}, {@code 100kB}, {@code 4096}. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12}) ?(?:([kKMG])(i?)B?|B)?");

  private ByteSize() {}

  /**
   * The number of bytes.
   *
   * @throws IllegalArgumentException if the text is no size
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("A size is written like 5MiB, not " + text);
    }
    long number = Long.parseLong(form.group(1));
    if (form.group(2) == null) {
      return number;
    }
    long step = form.group(3).isEmpty() ? 1000 : 1024;
    int steps = "kMG".indexOf(form.group(2).replace('K', 'k')) + 1;
    return Math.multiplyExact(number, (long) Math.pow(step, steps));
  }
}
