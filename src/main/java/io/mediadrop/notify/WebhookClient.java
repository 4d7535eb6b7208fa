package io.mediadrop.notify;

import io.mediadrop.BoundedHeads;
import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import io.mediadrop.TlsOnDemand;
import io.mediadrop.lane.NamedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sets up the HTTP client that webhooks are called with: no repetition, no redirect and no cookie,
 * an end to each call however slowly it is answered, and nothing read of the answer but its head.
 */
public class WebhookClient implements HttpClientConfigurer {

  private static final int CONNECTIONS = 1000;

  /** What is read of an answer so that its connection can be used again. */
  private static final int SHORT_ANSWER = 64 * 1024;

  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, new NamedThreads("webhook-deadlines"));
  private PoolingHttpClientConnectionManager connections;
  private Duration timeout;

  /** Gets its connections ready. */
  public void open() {
    deadlines.setRemoveOnCancelPolicy(true);
    connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setTlsSocketStrategy(new TlsOnDemand())
            .setConnectionFactory(BoundedHeads.connections().build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .setSocketTimeout((int) timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .build())
            .build();
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .setUserAgent("mediadrop")
        .addExecInterceptorFirst("deadline", this::execute);
  }

  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> deadline =
        deadlines.schedule(
            () -> {
              late.set(true);
              if (scope.originalRequest instanceof Cancellable call) {
                call.cancel();
              }
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return headOf(chain.proceed(request, scope), scope);
    } catch (IOException e) {
      throw late.get()
          ? new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms")
          : e;
    } finally {
      deadline.cancel(false);
    }
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
    deadlines.shutdownNow();
    connections.close();
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
