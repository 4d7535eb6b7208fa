package io.mediadrop.drop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/**
 * Splits the API's answer into the items that it describes. Items are named from a fixed list and
 * counted, never by what the answer says; fields that are not known here are kept as they are.
 */
public class MediaItems {

  /** More items than any answer needs. */
  public static final int MOST = 10_000;

  private static final Map<String, String> FILES =
      Map.of(
          "full",
          "full",
          "thumb",
          "thumb",
          "preview",
          "preview",
          "squarePreview",
          "square-preview");
  private static final List<String> FILE_ORDER =
      List.of("full", "thumb", "preview", "squarePreview");
  private static final Map<String, String> LISTS = Map.of("sources", "source", "options", "option");
  private static final List<String> VIDEO_SIZES = List.of("240", "720");

  /** The items of the answer, the media itself first; that one is there even without a media. */
  public List<ObjectNode> of(@Variable("uploaded") Uploaded uploaded) {
    JsonNode media = uploaded.media();
    List<ObjectNode> items = new ArrayList<>();
    items.add(mediaItem(uploaded));
    FILE_ORDER.forEach(field -> addFile(items, FILES.get(field), media.path("files").path(field)));
    for (String size : VIDEO_SIZES) {
      JsonNode url = media.path("videoSources").path(size);
      if (url.isTextual()) {
        items.add(item("video-" + size).set("url", url));
      }
    }
    addAll(items, "release-form", media.path("releaseForms"));
    return items;
  }

  /** How many items a media has, itself included. */
  public static int countIn(JsonNode media) {
    int lists = media.path("releaseForms").size();
    for (JsonNode file : media.path("files")) {
      lists += 1 + LISTS.keySet().stream().mapToInt(list -> file.path(list).size()).sum();
    }
    return 1 + VIDEO_SIZES.size() + lists;
  }

  private static ObjectNode mediaItem(Uploaded uploaded) {
    ObjectNode item = item("media");
    uploaded
        .media()
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isContainerNode()) {
                item.set(field.getKey(), field.getValue());
              }
            });
    return item.put("item", "media")
        .put("status", MediaStatus.of(uploaded.media()).word())
        .put("mediaUploadId", uploaded.mediaUploadId());
  }

  private static void addFile(List<ObjectNode> items, String name, JsonNode file) {
    if (!file.isObject()) {
      return;
    }
    ObjectNode item = item(name);
    item.setAll((ObjectNode) file.deepCopy());
    LISTS.forEach((field, each) -> item.remove(field));
    items.add(item.put("item", name));
    LISTS.forEach((field, each) -> addAll(items, name + "-" + each, file.path(field)));
  }

  private static void addAll(List<ObjectNode> items, String name, JsonNode list) {
    int number = 1;
    for (JsonNode entry : list) {
      ObjectNode item = item(name + "-" + number++);
      if (entry.isObject()) {
        String itemName = item.path("item").asText();
        item.setAll((ObjectNode) entry.deepCopy());
        item.put("item", itemName);
      } else if (entry.isTextual()) {
        item.set("url", entry);
      }
      items.add(item);
    }
  }

  private static ObjectNode item(String name) {
    return JsonNodeFactory.instance.objectNode().put("item", name);
  }
}
