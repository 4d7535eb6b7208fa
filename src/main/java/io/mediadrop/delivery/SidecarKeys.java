package io.mediadrop.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.SidecarMistake;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes from a sidecar what each of its keys says, and says what is wrong with that. */
final class SidecarKeys {

  /** In characters; events cut longer texts. */
  private static final int LONGEST_REFERENCE = 500;

  /** In bytes, written without blanks: events stay below 20 kB with it. */
  private static final int LARGEST_DATA = 8_000;

  /** It becomes a part of an address, and must not be able to be any other than a session's. */
  private static final Pattern SESSION =
      Pattern.compile("(?!(init|check|complete)$)[A-Za-z0-9][A-Za-z0-9:._~+=@-]{0,199}");

  /** What is wrong, on the way to whoever reads the sidecar. */
  static final class Wrong extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SidecarMistake mistake;

    Wrong(String what, String remedy) {
      mistake = new SidecarMistake(what, remedy);
    }

    SidecarMistake mistake() {
      return mistake;
    }
  }

  private SidecarKeys() {}

  /** What the events are to name, or null. */
  static String reference(ObjectNode said) throws Wrong {
    JsonNode reference = said.path("reference");
    if (isAbsent(reference)) {
      return null;
    }
    String remedy = "write a text of at most " + LONGEST_REFERENCE + " characters";
    requireText("reference", reference, remedy);
    int length = reference.textValue().length();
    if (length > LONGEST_REFERENCE) {
      throw new Wrong("reference has " + length + " characters", remedy);
    }
    bytes("reference", reference);
    return reference.textValue();
  }

  /** What is passed through, or null. */
  static JsonNode data(ObjectNode said) throws Wrong {
    JsonNode data = said.path("data");
    if (isAbsent(data)) {
      return null;
    }
    int bytes = bytes("data", data);
    if (bytes > LARGEST_DATA) {
      throw new Wrong(
          "data has %d bytes, more than %d".formatted(bytes, LARGEST_DATA),
          "pass less through, such as the key of where the rest is");
    }
    return data;
  }

  /** The session that the file is to go into, or null. */
  static String session(ObjectNode said) throws Wrong {
    JsonNode session = said.path("mediaUploadId");
    if (isAbsent(session)) {
      return null;
    }
    String remedy =
        "write the mediaUploadId just as the API gave it, or leave it out for a session of"
            + " mediadrop's own";
    requireText("mediaUploadId", session, remedy);
    if (!SESSION.matcher(session.textValue()).matches()) {
      throw new Wrong(
          "mediaUploadId is none: there may be letters, digits and :._~+=@- in it, at most 200",
          remedy);
    }
    return session.textValue();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static void requireText(String key, JsonNode node, String remedy) throws Wrong {
    if (!node.isTextual()) {
      throw new Wrong(key + " is " + kind(node) + ", not a text", remedy);
    }
  }

  /** How long it is when it is told; half a character could not be. */
  private static int bytes(String key, JsonNode node) throws Wrong {
    String told = node.toString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(told)) {
      throw new Wrong(key + " has a \\u escape that is half a character", "write the whole one");
    }
    return told.getBytes(StandardCharsets.UTF_8).length;
  }

  /** What it is instead of what it is to be. */
  static String kind(JsonNode node) {
    JsonNodeType type = node.getNodeType();
    return (type == JsonNodeType.ARRAY || type == JsonNodeType.OBJECT ? "an " : "a ")
        + type.name().toLowerCase(Locale.ROOT);
  }
}
