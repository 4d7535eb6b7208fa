package io.mediadrop.sandbox;

/** The fields of an error body. */
public enum ErrorProfile {
  /** {@code error}, {@code type}, {@code requestId} and sometimes {@code actionRequired}. */
  TYPE,
  /** {@code error}, {@code code}, {@code details}: the oldest form. */
  CODE,
  /** {@code error} alone. */
  BARE
}
