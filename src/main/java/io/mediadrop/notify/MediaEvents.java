package io.mediadrop.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.ledger.Uploaded;
import io.mediadrop.media.MediaStatus;
import java.time.Instant;
import org.apache.camel.Variable;

/** Makes the events that subscribers get. */
public class MediaEvents {

  /** Says that a file was uploaded, and what the API has made of it. */
  public ObjectNode uploaded(@Variable("delivery") Delivery delivery) {
    Uploaded uploaded = delivery.uploaded();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", delivery.id());
    event.put("type", uploaded.duplicateOf() == null ? "media.uploaded" : "file.duplicate");
    event.put("timestamp", Instant.ofEpochMilli(uploaded.uploadedAt()).toString());
    event.set("data", data(uploaded));
    return event;
  }

  private static boolean isOfParts(String checksum) {
    return checksum != null && checksum.contains("-");
  }

  private static ObjectNode data(Uploaded uploaded) {
    JsonNode media = uploaded.media();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("lane", uploaded.lane());
    data.put("file", uploaded.file());
    data.put("size", uploaded.size());
    data.put("md5", isOfParts(uploaded.checksum()) ? null : uploaded.checksum());
    data.put("checksum", uploaded.checksum());
    data.put("contentType", uploaded.contentType());
    data.put("mediaUploadId", uploaded.mediaUploadId());
    data.set("mediaId", media.path("id").isMissingNode() ? null : media.path("id"));
    data.put("mediaType", media.path("type").asText(null));
    data.put("status", MediaStatus.of(media).word());
    data.put("isReady", media.path("isReady").asBoolean());
    data.put("hasError", media.path("hasError").asBoolean());
    data.put("archived", uploaded.archivePath());
    data.put("attempts", uploaded.attempts());
    data.put("adopted", uploaded.adopted());
    data.put("superseded", uploaded.superseded());
    data.put("resentInDoubt", uploaded.resent());
    return data;
  }
}
