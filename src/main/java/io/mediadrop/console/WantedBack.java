package io.mediadrop.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.ledger.FailedFiles.Failed;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Which refused files a request wants to have put back. */
final class WantedBack {

  private WantedBack() {}

  /**
   * As the body says; nothing if it does not say so: nobody is to get more than he has asked for.
   */
  static Optional<Predicate<Failed>> in(byte[] body, ObjectMapper json) throws IOException {
    JsonNode wanted;
    try {
      wanted = json.readTree(body == null ? new byte[0] : body);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!wanted.isObject() || wanted.size() != 1) {
      return Optional.empty();
    }
    if (wanted.path("ids").isArray()) {
      return ids(wanted.path("ids"));
    }
    if (wanted.path("lane").isTextual()) {
      return Optional.of(file -> file.lane().equals(wanted.path("lane").asText()));
    }
    return wanted.path("all").asBoolean(false) ? Optional.of(file -> true) : Optional.empty();
  }

  private static Optional<Predicate<Failed>> ids(JsonNode ids) {
    if (!StreamSupport.stream(ids.spliterator(), false).allMatch(JsonNode::isIntegralNumber)) {
      return Optional.empty();
    }
    Set<Long> wanted =
        StreamSupport.stream(ids.spliterator(), false)
            .map(JsonNode::asLong)
            .collect(Collectors.toSet());
    return Optional.of(file -> wanted.contains(file.id()));
  }
}
