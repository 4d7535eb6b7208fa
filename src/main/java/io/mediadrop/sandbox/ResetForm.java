package io.mediadrop.sandbox;

/** How {@code X-RateLimit-Reset} tells when the bucket is full again; the API leaves it open. */
public enum ResetForm {
  /** Seconds since 1970. */
  EPOCH,
  /** Seconds from now. */
  DELTA,
  /** No {@code X-RateLimit-*} header at all. */
  ABSENT
}
