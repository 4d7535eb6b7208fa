package io.mediadrop.base;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A text on its way through Camel's properties. Camel reads <code>{{…}}</code> and a leading {@code
 * #} in the properties of beans as references, over and over; a key that happens to contain them
 * must arrive as it is, so it travels as {@code base64:…}.
 */
public final class Literal {

  private static final String MARK = "base64:";

  private Literal() {}

  /** The form in which Camel passes the text on unchanged; mostly the text itself. */
  public static String wrap(String text) {
    boolean harmless =
        !text.startsWith("#")
            && !text.startsWith(MARK)
            && !text.contains("{{")
            && !text.contains("}}");
    return harmless
        ? text
        : MARK + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text that was wrapped.
   *
   * @throws IllegalArgumentException if it claims to be wrapped and is not
   */
  public static String unwrap(String wrapped) {
    return wrapped.startsWith(MARK)
        ? new String(
            Base64.getDecoder().decode(wrapped.substring(MARK.length())), StandardCharsets.UTF_8)
        : wrapped;
  }
}
