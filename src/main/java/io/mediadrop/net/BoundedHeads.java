package io.mediadrop.net;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.config.Http1Config;

/**
 * What HTTP clients read of an answer before its content: by default a head need not have an end.
 */
public final class BoundedHeads {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_LINES = 500;

  private BoundedHeads() {}

  /** Makes connections that break off a call whose answer has too long a head. */
  public static ManagedHttpClientConnectionFactory.Builder connections() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(
            Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_LINES)
                .build());
  }
}
