package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;

/** Writes a refusal as the body of the chosen API version. */
final class ErrorWriter {
  private static final Map<String, String> LEGACY_CODES =
      Map.of("UNAUTHORIZED", "AUTH_INVALID_KEY", "FORBIDDEN", "AUTH_INSUFFICIENT_SCOPE");

  private final ErrorProfile profile;

  ErrorWriter(ErrorProfile profile) {
    this.profile = profile;
  }

  Answer answer(Refused refused) {
    ObjectNode body = Json.object().put("error", refused.getMessage());
    switch (profile) {
      case TYPE -> typed(body, refused);
      case CODE -> coded(body, refused);
      case BARE -> {}
    }
    return Answer.json(refused.status, body);
  }

  private void typed(ObjectNode body, Refused refused) {
    body.put("type", refused.type).put("requestId", "req_" + UUID.randomUUID());
    if (refused.actionRequired != null) {
      body.put("actionRequired", refused.actionRequired);
    }
  }

  private void coded(ObjectNode body, Refused refused) {
    body.put("code", LEGACY_CODES.getOrDefault(refused.type, refused.type)).putObject("details");
  }
}
