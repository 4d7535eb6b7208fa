package io.mediadrop.delivery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.Redaction;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.drop.SidecarMistake;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a sidecar, and says where it is wrong. It is data: nothing in it is evaluated. */
public final class SidecarReader {

  private static final int LARGEST = 64 * 1024;

  /** In characters; events cut longer texts. */
  private static final int LONGEST_REFERENCE = 500;

  /** In bytes, written without blanks: events stay below 20 kB with it. */
  private static final int LARGEST_DATA = 8_000;

  private static final Set<String> KEYS = Set.of("reference", "data", "mediaUploadId");

  /** It becomes a part of an address, and must not be able to be any other than a session's. */
  private static final Pattern SESSION =
      Pattern.compile("(?!(init|check|complete)$)[A-Za-z0-9][A-Za-z0-9:._~+=@-]{0,199}");

  private static final int LONGEST_QUOTE = 100;

  /** What is wrong, on the way to whoever reads the sidecar. */
  private static final class Wrong extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SidecarMistake mistake;

    Wrong(String what, String remedy) {
      mistake = new SidecarMistake(what, remedy);
    }
  }

  /**
   * What the sidecar says, or what is wrong with it; null if it is not the one any more that had
   * settled.
   *
   * @throws IOException if it is gone or cannot be read
   */
  public Sidecar read(Path path, FileStamp settled, Lane lane) throws IOException {
    byte[] content = settled.size() > LARGEST ? null : content(path);
    if (!FileStamp.of(path).equals(settled)) {
      return null;
    }
    Redaction redaction = new Redaction(lane);
    try {
      ObjectNode said = redaction.of(object(content, settled.size()));
      return new Sidecar(
          reference(said), data(said), session(said), null, settled.size(), settled.modified());
    } catch (Wrong e) {
      SidecarMistake mistake =
          new SidecarMistake(redaction.of(e.mistake.what()), e.mistake.remedy());
      return new Sidecar(null, null, null, mistake, settled.size(), settled.modified());
    }
  }

  private static byte[] content(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(LARGEST + 1);
    }
  }

  private static ObjectNode object(byte[] content, long size) throws Wrong, IOException {
    if (content == null) {
      throw new Wrong(
          "it has %d bytes, more than %d".formatted(size, LARGEST), "pass less through");
    }
    JsonNode node = parse(content);
    if (!(node instanceof ObjectNode object)) {
      throw new Wrong(
          node.isMissingNode() ? "it is empty" : "it is " + kind(node) + ", not an object",
          "write one JSON object: {\"reference\": …, \"data\": …}");
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new Wrong(
            "'" + shortened(field.getKey()) + "' has no meaning there",
            "write only reference, data and mediaUploadId, and whatever else you need inside data");
      }
    }
    return object;
  }

  private static JsonNode parse(byte[] content) throws Wrong, IOException {
    try {
      return SidecarJson.mapper().readTree(content);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String where =
          place == null || place.getLineNr() < 1
              ? ""
              : " in line " + place.getLineNr() + ", column " + place.getColumnNr();
      throw new Wrong(
          "it is no JSON that can be read%s: %s".formatted(where, shortened(inPlainWords(e))),
          "correct it there, or have it written by a program that knows JSON");
    }
  }

  private static String inPlainWords(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).replaceAll(", from `[^`]*`", "");
  }

  private static String reference(ObjectNode said) throws Wrong {
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

  private static JsonNode data(ObjectNode said) throws Wrong {
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

  private static String session(ObjectNode said) throws Wrong {
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

  private static String kind(JsonNode node) {
    JsonNodeType type = node.getNodeType();
    return (type == JsonNodeType.ARRAY || type == JsonNodeType.OBJECT ? "an " : "a ")
        + type.name().toLowerCase(Locale.ROOT);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
