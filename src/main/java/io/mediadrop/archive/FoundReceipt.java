package io.mediadrop.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.drop.Uploaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;

/** What lies where the receipt of an upload is to be. */
enum FoundReceipt {
  /** Nothing. */
  MISSING,
  /** What a power cut has left of a receipt: nothing that can be read to its end. */
  TORN,
  /** The receipt of another upload, or no receipt at all. */
  ANOTHERS,
  /** The upload's, which says that the original is beside it. */
  WITH_ORIGINAL,
  /** The upload's, which says that the original is not there. */
  WITHOUT_ORIGINAL;

  /** Reads a receipt to its end, and keeps no more of it than what it is about. */
  static FoundReceipt at(Path file, Uploaded uploaded, ObjectMapper json) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return MISSING;
    }
    String name = null;
    String claimedAt = null;
    String uploadedAt = null;
    boolean kept = false;
    try (JsonParser parser = json.createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return parser.currentToken() == null ? TORN : ANOTHERS;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "file" -> name = parser.getValueAsString();
          case "claimedAt" -> claimedAt = parser.getValueAsString();
          case "uploadedAt" -> uploadedAt = parser.getValueAsString();
          case "archived" -> kept = value == JsonToken.VALUE_STRING;
          default -> parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      return TORN;
    }
    boolean own =
        uploaded.file().equals(name)
            && (claimedAt == null
                ? isTime(uploaded.uploadedAt(), uploadedAt)
                : isTime(uploaded.claimedAt(), claimedAt));
    return own ? (kept ? WITH_ORIGINAL : WITHOUT_ORIGINAL) : ANOTHERS;
  }

  private static boolean isTime(long millis, String text) {
    return Instant.ofEpochMilli(millis).toString().equals(text);
  }

  /** Whether a receipt is made here if the original is. */
  boolean isLost() {
    return this == MISSING || this == TORN;
  }
}
