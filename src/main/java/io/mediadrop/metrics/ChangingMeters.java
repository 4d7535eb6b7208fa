package io.mediadrop.metrics;

/** Meters of things that come and go. */
interface ChangingMeters {

  /** Makes those of what has come, and takes those away of what has gone. */
  void look();
}
