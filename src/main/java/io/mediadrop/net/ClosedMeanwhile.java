package io.mediadrop.net;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a call once, on a new connection, if the one that was kept for it has been closed
 * meanwhile. Servers and proxies do that at any time, and nobody is away because of it. Whoever is
 * called must bear that a call comes twice: what ends without an answer may have been heard.
 */
class ClosedMeanwhile implements ExecChainHandler {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpRequest again = ClassicRequestBuilder.copy(request).build();
    try {
      return chain.proceed(request, scope);
    } catch (IOException e) {
      if (!KeptConnections.wasClosed(e, scope) || !request.getEntity().isRepeatable()) {
        throw e;
      }
      LOG.debug("{} has closed a connection that was kept", scope.route, e);
      connect(scope);
      return chain.proceed(again, scope);
    }
  }

  /** The others that are kept may have been closed as well. */
  private static void connect(ExecChain.Scope scope) throws IOException {
    ExecRuntime run = scope.execRuntime;
    run.discardEndpoint();
    run.acquireEndpoint(scope.exchangeId, scope.route, null, scope.clientContext);
    run.disconnectEndpoint();
    run.connectEndpoint(scope.clientContext);
  }
}
