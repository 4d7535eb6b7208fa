package io.mediadrop.readiness;

import io.mediadrop.base.BackOff;
import org.apache.camel.CamelContext;

/** Makes the waits for a media short, which no setting does. */
final class Waits {

  private Waits() {}

  /** Before the first file is dropped. */
  static void shorten(CamelContext context) {
    BackOff backOff = context.getRegistry().lookupByNameAndType("mediaBackOff", BackOff.class);
    backOff.setFirst("200ms");
    backOff.setLongest("200ms");
  }
}
