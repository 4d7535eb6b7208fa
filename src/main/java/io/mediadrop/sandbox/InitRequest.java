package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client announces at init. */
record InitRequest(String filename, long size, String contentType, boolean vaultUpload) {

  /**
   * Reads the body of init.
   *
   * @param legacy whether {@code filesize} and {@code mimeType} stand in for the current names
   */
  static InitRequest read(JsonNode body, boolean legacy) throws Refused {
    String size = legacy && body.has("filesize") ? "filesize" : "size";
    String type = legacy && body.has("mimeType") ? "mimeType" : "contentType";
    return new InitRequest(
        text(body, "filename"), positive(body, size), text(body, type), vaultUpload(body));
  }

  static String text(JsonNode body, String field) throws Refused {
    JsonNode value = body.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw Refused.badRequest(field + " must be a string of at least one character");
    }
    return value.textValue();
  }

  static long positive(JsonNode body, String field) throws Refused {
    JsonNode value = body.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0) {
      throw Refused.badRequest(field + " must be an integer greater than 0");
    }
    return value.longValue();
  }

  private static boolean vaultUpload(JsonNode body) throws Refused {
    JsonNode value = body.path("vaultUpload");
    if (value.isMissingNode()) {
      return false;
    }
    boolean knownMode = value.path("mode").asText("message").equals("message");
    JsonNode user = value.path("userId");
    boolean userFits = user.isMissingNode() || user.isNull() || !user.asText().isEmpty();
    if (!value.isObject() || !knownMode || !userFits) {
      throw Refused.badRequest("vaultUpload must be an object with mode message, or be left out");
    }
    return true;
  }
}
