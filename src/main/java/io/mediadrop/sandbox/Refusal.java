package io.mediadrop.sandbox;

/**
 * A misuse whose answer the API does not document. The defaults are plain guesses; {@link
 * SandboxOptions#withRefusal} sets other ones.
 */
public enum Refusal {
  WRONG_PART_NUMBER(400, "BAD_REQUEST", "There is no such part in this upload"),
  WRONG_LENGTH(400, "BAD_REQUEST", "The body is not as long as announced"),
  MISSING_PART(400, "BAD_REQUEST", "Not every part has been uploaded"),
  WHOLE_INSTEAD_OF_PARTS(400, "BAD_REQUEST", "This upload must be sent in parts"),
  AFTER_COMPLETION(400, "BAD_REQUEST", "This upload is already complete"),
  COMPLETED_TWICE(400, "BAD_REQUEST", "This upload was already completed"),
  FOREIGN_SESSION(404, "RESOURCE_NOT_FOUND", "Upload not found"),
  EXPIRED_SESSION(404, "RESOURCE_NOT_FOUND", "Upload has expired"),
  NO_CONNECTION(401, "SESSION_NOT_PROVIDED", "Header x-connection-id is missing");

  final int status;
  final String type;
  final String message;

  Refusal(int status, String type, String message) {
    this.status = status;
    this.type = type;
    this.message = message;
  }
}
