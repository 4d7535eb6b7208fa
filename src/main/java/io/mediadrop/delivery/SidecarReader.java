package io.mediadrop.delivery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.Redaction;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.drop.SidecarMistake;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads a sidecar, and says where it is wrong. It is data: nothing in it is evaluated. */
public final class SidecarReader {

  private static final int LARGEST = 64 * 1024;

  private static final Set<String> KEYS = Set.of("reference", "data", "mediaUploadId");

  private static final int LONGEST_QUOTE = 100;

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
          SidecarKeys.reference(said),
          SidecarKeys.data(said),
          SidecarKeys.session(said),
          null,
          settled.size(),
          settled.modified());
    } catch (SidecarKeys.Wrong e) {
      SidecarMistake mistake =
          new SidecarMistake(redaction.of(e.mistake().what()), e.mistake().remedy());
      return new Sidecar(null, null, null, mistake, settled.size(), settled.modified());
    }
  }

  private static byte[] content(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(LARGEST + 1);
    }
  }

  private static ObjectNode object(byte[] content, long size)
      throws SidecarKeys.Wrong, IOException {
    if (content == null) {
      throw new SidecarKeys.Wrong(
          "it has %d bytes, more than %d".formatted(size, LARGEST), "pass less through");
    }
    JsonNode node = parse(content);
    if (!(node instanceof ObjectNode object)) {
      throw new SidecarKeys.Wrong(
          node.isMissingNode()
              ? "it is empty"
              : "it is " + SidecarKeys.kind(node) + ", not an object",
          "write one JSON object: {\"reference\": …, \"data\": …}");
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new SidecarKeys.Wrong(
            "'" + shortened(field.getKey()) + "' has no meaning there",
            "write only reference, data and mediaUploadId, and whatever else you need inside data");
      }
    }
    return object;
  }

  private static JsonNode parse(byte[] content) throws SidecarKeys.Wrong, IOException {
    try {
      return SidecarJson.mapper().readTree(content);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String where =
          place == null || place.getLineNr() < 1
              ? ""
              : " in line " + place.getLineNr() + ", column " + place.getColumnNr();
      throw new SidecarKeys.Wrong(
          "it is no JSON that can be read%s: %s".formatted(where, shortened(inPlainWords(e))),
          "correct it there, or have it written by a program that knows JSON");
    }
  }

  private static String inPlainWords(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).replaceAll(", from `[^`]*`", "");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
