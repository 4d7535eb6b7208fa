package io.mediadrop.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Camel says about an endpoint's address that it cannot use, for the person who wrote it:
 * without the values in it, one of which may be a password under a mistyped name.
 */
public final class AddressMistake {

  private static final Pattern QUERY = Pattern.compile("(endpoint: [^?\\s]*)\\?.*? due to: ");
  private static final Pattern UNKNOWN = Pattern.compile("(Unknown parameters=\\[)\\{(.*)}]");
  private static final Pattern VALUE = Pattern.compile("=.*?(?=, [A-Za-z][\\w.-]*=|$)");

  private static final String NO_COMPONENT =
      "please check your classpath contains the needed Camel component jar";

  private AddressMistake() {}

  /** The message, with the names of parameters alone, and where a missing component belongs. */
  public static String explained(String message) {
    String withoutQuery =
        QUERY
            .matcher(message)
            .replaceAll("$1 due to: ")
            .replace(NO_COMPONENT, "correct it or put its component's jars into extra-lib/");
    return UNKNOWN
        .matcher(withoutQuery)
        .replaceAll(
            unknown ->
                Matcher.quoteReplacement(
                    unknown.group(1) + VALUE.matcher(unknown.group(2)).replaceAll("") + "]"));
  }
}
