package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends POSTs to addresses that people have written: no redirect and no cookie, no repetition but
 * for one where a kept connection was closed, an end to each call however slowly it is answered,
 * and nothing read of the answer but its head. It is not the http component's client: that one
 * takes parts of addresses for its options, and puts the rest into another order.
 */
public class WebPosts {

  private static final int CONNECTIONS = 1000;

  /** What is read of an answer so that its connection can be used again. */
  private static final int SHORT_ANSWER = 64 * 1024;

  /** Bytes of a body for which a call may take a second longer. */
  private static final long SLOWEST = 64 * 1024;

  private static final String TARGET = "mediadrop.target";

  private final CallWatch calls = new CallWatch("web-deadlines");
  private Network network = new Network();
  private CloseableHttpClient client;
  private Duration timeout;

  /** Gets its connections ready. */
  public void open() {
    PoolingHttpClientConnectionManager connections =
        network
            .connections()
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .setSocketTimeout((int) timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setRoutePlanner(network.routes())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("mediadrop")
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "kept", new ClosedMeanwhile())
            .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "target", this::execute)
            .build();
  }

  /**
   * Sends a POST to an address, to the letter.
   *
   * @param headers all that are sent, besides those that HTTP itself wants
   * @throws HttpOperationFailedException if the answer's status is none of success
   * @throws IOException if there was no answer in time
   */
  public void post(WebAddress address, Map<String, Object> headers, HttpEntity body)
      throws IOException, HttpOperationFailedException {
    HttpUriRequestBase call = new HttpPost(address.root());
    headers.forEach(call::setHeader);
    if (address.authorization() != null) {
      call.setHeader(HttpHeaders.AUTHORIZATION, address.authorization());
    }
    call.setEntity(body);
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(TARGET, address.target());
    try (ClassicHttpResponse answer = answerTo(call, timeFor(body), context)) {
      if (answer.getCode() < 200 || answer.getCode() > 299) {
        throw refusal(answer);
      }
    }
  }

  private static HttpOperationFailedException refusal(ClassicHttpResponse answer) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : answer.getHeaders()) {
      headers.putIfAbsent(header.getName(), header.getValue());
    }
    return new HttpOperationFailedException(
        "(address)", answer.getCode(), answer.getReasonPhrase(), null, headers, null);
  }

  /** A large body has more time, as long as it does not crawl. */
  private Duration timeFor(HttpEntity body) {
    return timeout.plusSeconds(Math.max(0, body.getContentLength()) / SLOWEST);
  }

  private ClassicHttpResponse answerTo(
      HttpUriRequestBase call, Duration time, HttpClientContext context) throws IOException {
    String late = "no answer within " + time.toMillis() + " ms";
    try (CallWatch.Watch watch = calls.over(call, time, () -> late)) {
      try {
        return client.executeOpen(null, call, context);
      } catch (IOException e) {
        // the socket waits as long, and may be the first to have enough; for a connection it says
        // more
        boolean read = e.getClass() == SocketTimeoutException.class;
        throw watch.isBrokenOff() || read ? new SocketTimeoutException(late) : e;
      }
    }
  }

  /** Puts the path in as the last thing before the call goes out: none that reads it on the way. */
  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    request.setPath(scope.clientContext.getAttribute(TARGET, String.class));
    Optional<Proxy> proxy = network.proxyOf(scope.route);
    if (proxy.isEmpty()) {
      return headOf(chain.proceed(request, scope), scope);
    }
    if (proxy.get().user() != null) {
      request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, Tunnel.authorization(proxy.get()));
    }
    ClassicHttpResponse answer = headOf(chain.proceed(request, scope), scope);
    if (answer.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      throw ProxyFailed.refused(
          proxy.get(), scope.route.getTargetHost().toHostString(), answer.getCode(), "");
    }
    return answer;
  }

  private static ClassicHttpResponse headOf(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    HttpEntity answer = response.getEntity();
    if (answer != null) {
      InputStream in = answer.getContent();
      if (in.readNBytes(SHORT_ANSWER).length == SHORT_ANSWER) {
        // no stream is closed, because that would read on to its end
        scope.execRuntime.discardEndpoint();
      } else {
        in.close();
        response.close();
      }
      response.setEntity(null);
    }
    return response;
  }

  /** Breaks off what is still under way. */
  public void close() {
    calls.stop();
    client.close(CloseMode.IMMEDIATE);
  }

  public void setNetwork(Network network) {
    this.network = network;
  }

  /**
   * How long a call may take, from connecting to the end of its answer.
   *
   * @throws ConfigurationMistake if that is no time at all, or longer than a socket can wait
   */
  public void setTimeout(String time) {
    timeout = Quantity.time(time);
    if (timeout.isZero() || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new ConfigurationMistake(
          "mediadrop.notify.timeout (MEDIADROP_NOTIFY_TIMEOUT) is '%s': write a time such as 15s, at most 24d"
              .formatted(time));
    }
  }
}
