package io.mediadrop.sandbox;

/** What the JSON plan lists for a file that is sent in one request; the API leaves it open. */
public enum SinglePlan {
  /** One part whose URL is {@code /uploads/{id}}: the PUT finishes the upload. */
  WHOLE,
  /** One part whose URL is {@code /uploads/{id}/parts/1}: complete must follow. */
  PART_ONE,
  /** No part at all. */
  EMPTY
}
