package io.mediadrop.drop;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API has made of an upload. */
public enum MediaStatus {
  /** No media yet; it may come later or never. */
  ABSENT,
  /** There is a media, and it is still being processed. */
  PROCESSING,
  /** The media can be used. */
  READY,
  /** The API could not process it. */
  FAILED;

  /** The status of a media node, which may be missing or null. */
  public static MediaStatus of(JsonNode media) {
    if (!media.isObject()) {
      return ABSENT;
    }
    if (media.path("hasError").asBoolean()) {
      return FAILED;
    }
    return media.path("isReady").asBoolean() ? READY : PROCESSING;
  }

  /** The status as it is written in items and events. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
