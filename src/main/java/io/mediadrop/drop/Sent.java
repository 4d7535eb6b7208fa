package io.mediadrop.drop;

/** The call that has ended an upload, as far as it tells what was sent. */
public interface Sent {

  /** The checksum of all that was sent, by which the API knows it; null if it is not known. */
  String checksum();
}
