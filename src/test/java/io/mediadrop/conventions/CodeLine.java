package io.mediadrop.conventions;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A line of Java that is not a comment. */
record CodeLine(String file, int line, String text) {

  static Stream<CodeLine> of(String file, List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new CodeLine(file, i + 1, lines.get(i).strip()))
        .filter(line -> !line.text.matches("(//|/\\*|\\*).*"));
  }

  Finding finding(String text, Object... arguments) {
    return new Finding(file, line, text.formatted(arguments));
  }
}
