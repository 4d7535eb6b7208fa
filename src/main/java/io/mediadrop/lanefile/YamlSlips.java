package io.mediadrop.lanefile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What people, word processors and web pages put into YAML in good faith, of which a reader of YAML
 * says something else, or makes something else without a word. No value is repeated: it may be a
 * secret.
 */
final class YamlSlips {

  /** A slip. */
  record Slip(int line, String remedy) {}

  private static final String INDENT = ": indent it with ordinary blanks";

  private static final String QUOTES = "“”„‟‘’‚‛«»‹›";

  private static final Pattern TAB = Pattern.compile("^[ -]*\\t");

  /** Other blanks are letters to YAML. */
  private static final Pattern BLANK = Pattern.compile("^[ \\t-]*[\\u00A0\\u2000-\\u200B\\u3000]");

  private static final Pattern QUOTED =
      Pattern.compile("^[^#]*?(?:[:-]\\s+([" + QUOTES + "])|([" + QUOTES + "])\\s*(?:#.*)?$)");

  private static final Pattern BARE = Pattern.compile(":\\s+(\\{\\{[^{}\"']*}?}?)");

  private YamlSlips() {}

  /** The slip in a file that is no YAML, at or above the line that a reader stumbles at. */
  static Optional<Slip> in(List<String> lines, int stumbled) {
    for (int line = Math.min(stumbled, lines.size()); line > 0; line--) {
      Optional<String> remedy = in(lines.get(line - 1));
      if (remedy.isPresent()) {
        return Optional.of(new Slip(line, remedy.get()));
      }
    }
    return Optional.empty();
  }

  /** The first line that is not where it seems to be. */
  static Optional<Slip> indentedIn(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(line -> BLANK.matcher(lines.get(line)).find())
        .mapToObj(line -> new Slip(line + 1, "it begins with other blanks" + INDENT))
        .findFirst();
  }

  private static Optional<String> in(String line) {
    if (TAB.matcher(line).find()) {
      return Optional.of("it begins with a tab" + INDENT);
    }
    Matcher quoted = QUOTED.matcher(line);
    if (quoted.find()) {
      return Optional.of(curly(quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
    }
    Matcher bare = BARE.matcher(line);
    return bare.find() ? Optional.of(bare(bare.group(1))) : Optional.empty();
  }

  /** The slip in what is YAML, and not what was meant. */
  static Optional<String> in(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() == ScalarStyle.PLAIN
        && !text.isEmpty()
        && QUOTES.indexOf(text.charAt(0)) >= 0) {
      return Optional.of(curly(text.substring(0, 1)));
    }
    return count(text, "{{") > count(text, "}}")
        ? Optional.of("after '{{' and a setting's name '}}' is missing: write it")
        : Optional.empty();
  }

  private static String curly(String quote) {
    return "'%s' is no quote in YAML: write \" before and behind the value, or ' (word processors change them)"
        .formatted(quote);
  }

  private static String bare(String placeholder) {
    return "%s without quotes is something else in YAML: put the whole value into quotes, as in value: \"%s/x\""
        .formatted(placeholder, placeholder);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
