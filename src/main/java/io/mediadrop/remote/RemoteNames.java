package io.mediadrop.remote;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Tells whether a name that a server gives to a file can be used here. A server may say anything:
 * what it sends becomes a path on this machine.
 */
final class RemoteNames {

  private static final int LONGEST = 255;

  /** What Java puts in the place of bytes that are no characters. */
  private static final String UNREADABLE = "\uFFFD";

  /** The library under Camel takes these in the name of a folder as a pattern. */
  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  private RemoteNames() {}

  /** Why the name cannot be used, for a person; null if it can. */
  static String refusal(String name, boolean folder) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return "it has no name of its own";
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      return "its name contains a slash or a backslash: rename it on the server";
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return "its name contains a control character: rename it on the server";
    }
    if (name.contains(UNREADABLE)) {
      return "its name is not in UTF-8: rename it on the server";
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return "its name is longer than " + LONGEST + " bytes: rename it on the server";
    }
    return folder && WILDCARD.matcher(name).find()
        ? "its name contains * or ?: rename the folder on the server"
        : null;
  }
}
