package io.mediadrop.sandbox;

/** The API says no: an error status, its machine-readable type and a sentence for people. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  final int status;
  final String type;
  final String actionRequired;

  public Refused(int status, String type, String message) {
    this(status, type, message, null);
  }

  public Refused(int status, String type, String message, String actionRequired) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.actionRequired = actionRequired;
  }

  static Refused badRequest(String message) {
    return new Refused(400, "BAD_REQUEST", message);
  }

  static Refused notFound(String message) {
    return new Refused(404, "RESOURCE_NOT_FOUND", message);
  }
}
