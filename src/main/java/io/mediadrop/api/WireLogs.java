package io.mediadrop.api;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so where the log would show the key, because the program's host has told it to. */
final class WireLogs {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.api");

  /** With these, the HTTP client logs what goes over the wire. */
  private static final List<String> TELLTALES =
      List.of("org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.wire");

  private WireLogs() {}

  /** Warns of every logger that prints the key and is on. */
  static void warn() {
    TELLTALES.stream()
        .filter(name -> LoggerFactory.getLogger(name).isDebugEnabled())
        .forEach(
            name ->
                LOG.warn(
                    "The logger {} is on and prints the API key: set its level to INFO", name));
  }
}
