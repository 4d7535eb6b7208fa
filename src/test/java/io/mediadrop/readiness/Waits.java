package io.mediadrop.readiness;

import io.mediadrop.base.BackOff;
import io.mediadrop.cli.Running;

/** Makes the waits for a media short, which no setting does. */
final class Waits {

  private Waits() {}

  /** Before the first file is dropped. */
  static void shorten(Running running) {
    BackOff backOff = running.bean("mediaBackOff", BackOff.class);
    backOff.setFirst("200ms");
    backOff.setLongest("200ms");
  }
}
