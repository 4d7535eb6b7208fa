package io.mediadrop.api;

import java.time.Duration;
import java.util.Optional;

/** The API has answered a call with anything but success. */
public class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String said;
  private final String requestId;
  private final Duration retryAfter;

  /**
   * A failed call.
   *
   * @param status the HTTP status
   * @param type the API's machine-readable type, or empty
   * @param said the API's own words, or empty
   * @param requestId the API's id of the call, or empty
   * @param retryAfter how long the API asks to be left alone; zero if it does not
   */
  public CallFailed(int status, String type, String said, String requestId, Duration retryAfter) {
    super(describe(status, type, said, requestId));
    this.status = status;
    this.type = type;
    this.said = said;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  private static String describe(int status, String type, String said, String requestId) {
    StringBuilder text = new StringBuilder("the API answered " + status);
    Optional.of(type).filter(t -> !t.isEmpty()).ifPresent(t -> text.append(" ").append(t));
    Optional.of(said).filter(s -> !s.isEmpty()).ifPresent(s -> text.append(": ").append(s));
    Optional.of(requestId)
        .filter(r -> !r.isEmpty())
        .ifPresent(r -> text.append(" (").append(r).append(")"));
    return text.toString();
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The API's machine-readable type, or empty. */
  public String type() {
    return type;
  }

  /** The API's own words, or empty. */
  public String said() {
    return said;
  }

  /** The API's id of the call, or empty. */
  public String requestId() {
    return requestId;
  }

  /** How long the API asks to be left alone; zero if it does not. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
