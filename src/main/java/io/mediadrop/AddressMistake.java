package io.mediadrop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Camel says about an endpoint's address that it cannot use, without the values in it: one of
 * them may be a password under a mistyped name.
 */
public final class AddressMistake {

  private static final Pattern QUERY = Pattern.compile("(endpoint: [^?\\s]*)\\?.*? due to: ");
  private static final Pattern UNKNOWN = Pattern.compile("(Unknown parameters=\\[)\\{(.*)}]");
  private static final Pattern VALUE = Pattern.compile("=.*?(?=, [A-Za-z][\\w.-]*=|$)");

  private AddressMistake() {}

  /** The message, with nothing but the names of parameters. */
  public static String withoutValues(String message) {
    String withoutQuery = QUERY.matcher(message).replaceAll("$1 due to: ");
    return UNKNOWN
        .matcher(withoutQuery)
        .replaceAll(
            unknown ->
                Matcher.quoteReplacement(
                    unknown.group(1) + VALUE.matcher(unknown.group(2)).replaceAll("") + "]"));
  }
}
