package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.Uploaded;

/** What events tell of a file: what it is, where it lies, and what the API has made of it. */
public final class MediaEvents {

  private MediaEvents() {}

  /** What there is to tell of an uploaded file whose original lies in the archive. */
  public static ObjectNode of(Uploaded uploaded) {
    return of(uploaded, uploaded.archivePath(), null);
  }

  /**
   * What there is to tell of an uploaded file.
   *
   * @param archived the original's place below the archive; null if it is not there
   * @param failed the original's place below the folder of refused files; null if it is not there
   */
  public static ObjectNode of(Uploaded uploaded, String archived, String failed) {
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
    data.put("archived", archived);
    data.put("failed", failed);
    data.put("attempts", uploaded.attempts());
    data.put("adopted", uploaded.adopted());
    data.put("superseded", uploaded.superseded());
    data.put("resentInDoubt", uploaded.resent());
    Sidecar.addTo(data, uploaded.sidecar());
    return data;
  }

  /** What there is to tell of an uploaded file of which there is no media to be used, and why. */
  public static ObjectNode failed(Uploaded uploaded, String archived, String failed, String why) {
    return of(uploaded, archived, failed).put("reason", why);
  }

  private static boolean isOfParts(String checksum) {
    return checksum != null && checksum.contains("-");
  }

  /**
   * What there is to tell of a file that was not uploaded.
   *
   * @param requestId the id of the refused call at the API, or null
   * @param failed the file's place below the folder of refused files; null if it is not there
   */
  public static ObjectNode notUploaded(Drop drop, Reason reason, String requestId, String failed) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("lane", drop.lane());
    data.put("file", drop.path());
    data.put("size", drop.size());
    data.put("reason", reason.what());
    data.put("fault", reason.fault());
    data.put("remedy", reason.remedy());
    data.put("requestId", requestId);
    data.put("failed", failed);
    data.put("attempts", drop.attempts());
    Sidecar.addTo(data, drop.sidecar());
    return data;
  }
}
