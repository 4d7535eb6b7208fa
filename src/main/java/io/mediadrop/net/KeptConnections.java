package io.mediadrop.net;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.util.TimeValue;

/**
 * When a connection that was kept is looked at before it is used again, which takes a millisecond:
 * always, until whoever is called has been seen to keep many; from then on after a rest, in which
 * it may be closed. A call that is lost on a closed connection may or may not have been heard.
 */
public class KeptConnections implements Resolver<HttpRoute, ConnectionConfig> {

  private static final TimeValue REST = TimeValue.ofMilliseconds(500);

  /** How often one must have been used again before they are trusted. */
  private static final int MANY = 100;

  /** How often it must be after one was closed without a rest. */
  private static final int VERY_MANY = 100 * MANY;

  private final ConnectionConfig afterRest;
  private final ConnectionConfig always;
  private final AtomicInteger wanting = new AtomicInteger(MANY);

  /** For connections that are made in this time, and used for so long. */
  public KeptConnections(Duration connecting, Duration longest) {
    afterRest = config(connecting, longest, REST);
    always = config(connecting, longest, TimeValue.ZERO_MILLISECONDS);
  }

  private static ConnectionConfig config(Duration connecting, Duration longest, TimeValue rest) {
    return ConnectionConfig.custom()
        .setConnectTimeout(connecting.toMillis(), TimeUnit.MILLISECONDS)
        .setTimeToLive(longest.toMillis(), TimeUnit.MILLISECONDS)
        .setValidateAfterInactivity(rest)
        .build();
  }

  @Override
  public ConnectionConfig resolve(HttpRoute route) {
    return wanting.get() > 0 ? always : afterRest;
  }

  /** Gains trust if the connection of a call that was answered had been kept. */
  public void answered(ExecChain.Scope scope) {
    EndpointDetails connection = scope.clientContext.getEndpointDetails();
    if (connection != null && connection.getResponseCount() > 1 && wanting.get() > 0) {
      wanting.decrementAndGet();
    }
  }

  /** Loses trust if a call failed because its connection had been closed. */
  public void failed(IOException failure, ExecChain.Scope scope) {
    if (wasClosed(failure, scope)) {
      wanting.set(VERY_MANY);
    }
  }

  /** Whether the connection has carried answers before, and nothing came of this one. */
  static boolean wasClosed(IOException failure, ExecChain.Scope scope) {
    EndpointDetails connection = scope.clientContext.getEndpointDetails();
    return !scope.execRuntime.isExecutionAborted()
        && (failure instanceof NoHttpResponseException
            || failure instanceof SocketException
            || failure instanceof SSLException)
        && connection != null
        && connection.getResponseCount() > 0
        && connection.getResponseCount() < connection.getRequestCount();
  }
}
