package io.mediadrop.api;

import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/**
 * Sets up the HTTP client of the API calls: connections of its own, no repetition, no redirect and
 * no cookie behind the routes' back, and a guard over every call.
 */
public class ApiClient implements HttpClientConfigurer {

  private static final long CONNECT_SECONDS = 10;
  private static final int CONNECTIONS = 1000;

  private final PoolingHttpClientConnectionManager connections =
      PoolingHttpClientConnectionManagerBuilder.create()
          .setMaxConnTotal(CONNECTIONS)
          .setMaxConnPerRoute(CONNECTIONS)
          .setDefaultConnectionConfig(
              ConnectionConfig.custom()
                  .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                  .setValidateAfterInactivity(1, TimeUnit.SECONDS)
                  .setTimeToLive(5, TimeUnit.MINUTES)
                  .build())
          .build();

  private final StallWatch stallWatch = new StallWatch();

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("mediadrop")
        .addExecInterceptorFirst("guard", new CallGuard(stallWatch));
  }

  /** Begins to watch over the calls. */
  public void open() {
    stallWatch.start();
  }

  /** Breaks off what is still under way and lets go of the connections. */
  public void close() {
    stallWatch.stop();
    connections.close();
  }
}
