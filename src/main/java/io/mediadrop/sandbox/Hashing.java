package io.mediadrop.sandbox;

/** Which checksums the sandbox computes of what it receives. */
public enum Hashing {
  /** SHA-256 and MD5. */
  SHA256_AND_MD5,
  /** MD5 only; the oracle's SHA-256 is null. */
  MD5,
  /** None, for throughput: content is counted and thrown away, etags are no MD5. */
  OFF
}
