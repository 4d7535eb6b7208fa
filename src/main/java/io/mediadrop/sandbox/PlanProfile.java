package io.mediadrop.sandbox;

/** Where the answer to init says how a file is to be sent. */
public enum PlanProfile {
  /** In the response headers; the body names only the session. Answered by older API versions. */
  HEADERS,
  /** In the JSON body, with a URL and a byte range for every part. */
  JSON,
  /** In both. */
  BOTH,
  /** Nowhere: every file is sent whole. */
  NONE;

  boolean inHeaders() {
    return this == HEADERS || this == BOTH;
  }

  boolean inBody() {
    return this == JSON || this == BOTH;
  }
}
