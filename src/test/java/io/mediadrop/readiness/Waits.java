package io.mediadrop.readiness;

import io.mediadrop.ledger.AwaitedMedia;
import java.time.Duration;
import org.apache.camel.CamelContext;

/** Makes the waits for a media short, which no setting does. */
final class Waits {

  private static final Duration SHORT = Duration.ofMillis(200);

  private Waits() {}

  /** Before the first file is dropped. */
  static void shorten(CamelContext context) {
    context
        .getRegistry()
        .lookupByNameAndType("awaitedMedia", AwaitedMedia.class)
        .backOff()
        .become(SHORT, SHORT);
  }
}
