package io.mediadrop.api;

import io.mediadrop.net.KeptConnections;
import io.mediadrop.net.Network;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

/**
 * Sets up the HTTP client of the API calls: connections of its own, no repetition, no redirect and
 * no cookie behind the routes' back, and a guard over every call.
 */
public class ApiClient implements HttpClientConfigurer {

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KeptConnections keptConnections = new KeptConnections(CONNECTING, LONGEST);
  private final StallWatch stallWatch;
  private Network network = new Network();
  private PoolingHttpClientConnectionManager connections;

  /** Waits for a byte to move as long as is sensible. */
  public ApiClient() {
    this(PATIENCE);
  }

  /** Breaks a call off once nothing has moved for this long. */
  ApiClient(Duration patience) {
    stallWatch = new StallWatch(patience);
  }

  private synchronized PoolingHttpClientConnectionManager connections() {
    if (connections == null) {
      connections =
          network
              .connections()
              .setMaxConnTotal(CONNECTIONS)
              .setMaxConnPerRoute(CONNECTIONS)
              .setConnectionConfigResolver(keptConnections)
              .build();
    }
    return connections;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .setConnectionManager(connections())
        .setConnectionManagerShared(true)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("mediadrop")
        .addExecInterceptorFirst("guard", new CallGuard(stallWatch, keptConnections));
  }

  /** Warns of what would print the key of the calls. */
  public void open() {
    TelltaleLogs.warn();
  }

  /** Breaks off what is still under way and lets go of the connections. */
  public void close() {
    stallWatch.stop();
    connections().close();
  }

  public void setNetwork(Network network) {
    this.network = network;
  }
}
