package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The most recent media of a connection, as far as they were listed, page by page. */
class VaultListing {

  /** Media on a page; the API lists no more at once. */
  static final int PAGE = 40;

  /** What has not come up by then is looked for again later. */
  private static final int MOST_PAGES = 5;

  /** How far the API's clock may be behind. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final Map<String, JsonNode> media = new LinkedHashMap<>();
  private int pages;
  private boolean ended;
  private JsonNode oldest;

  /** Adds the answer to a question for the next page. */
  void add(JsonNode answer) {
    JsonNode list = answer.path("list");
    for (JsonNode each : list) {
      media.put(each.path("id").asText(), each);
      oldest = each;
    }
    pages++;
    ended = !answer.path("hasMore").asBoolean(list.size() >= PAGE);
  }

  /** Where the next page begins. */
  int offset() {
    return pages * PAGE;
  }

  /** Whether another page may have a media that came up since this time. */
  boolean hasMore(long since) {
    return !ended && pages < MOST_PAGES && (oldest == null || !isFromBefore(oldest, since));
  }

  /** All that were listed, the most recent first. */
  Collection<JsonNode> media() {
    return media.values();
  }

  /** The one with this id. */
  Optional<JsonNode> byId(String id) {
    return Optional.ofNullable(media.get(id));
  }

  private static boolean isFromBefore(JsonNode each, long time) {
    return createdAt(each).filter(at -> at.isBefore(atTheApi(time))).isPresent();
  }

  /** Whether it is known to have come up after this time. */
  static boolean isSince(JsonNode each, long time) {
    return createdAt(each).filter(at -> !at.isBefore(atTheApi(time))).isPresent();
  }

  private static Instant atTheApi(long time) {
    return Instant.ofEpochMilli(time).minus(SKEW);
  }

  private static Optional<Instant> createdAt(JsonNode each) {
    try {
      return Optional.of(OffsetDateTime.parse(each.path("createdAt").asText()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
