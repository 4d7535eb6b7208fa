package io.mediadrop.api;

import io.mediadrop.net.KeptConnections;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Bounds what one call may take: the time without a byte, the time to the answer, and the size of
 * the answer, which is read at once so that no connection hangs on a slow reader.
 */
class CallGuard implements ExecChainHandler {

  /** The largest answer that is read, in bytes; that of a plan may be larger. */
  static final int LARGEST_ANSWER = 2 << 20;

  private final StallWatch stallWatch;
  private final KeptConnections keptConnections;

  CallGuard(StallWatch stallWatch, KeptConnections keptConnections) {
    this.stallWatch = stallWatch;
    this.keptConnections = keptConnections;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpEntity content = request.getEntity();
    scope.clientContext.setRequestConfig(
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setResponseTimeout(stallWatch.timeToAnswer(content).toSeconds(), TimeUnit.SECONDS)
            .build());
    if (!(scope.originalRequest instanceof Cancellable call)) {
      return readWhole(chain.proceed(request, scope), largestAnswer(content), request);
    }
    try (StallWatch.Watch watch = stallWatch.over(content, call)) {
      try {
        ClassicHttpResponse answer = chain.proceed(request, scope);
        keptConnections.answered(scope);
        return readWhole(answer, largestAnswer(content), request);
      } catch (IOException e) {
        keptConnections.failed(e, scope);
        throw watch.explained(e);
      }
    }
  }

  private static int largestAnswer(HttpEntity content) {
    return content instanceof CallAboutFile call ? call.largestAnswer() : LARGEST_ANSWER;
  }

  private static ClassicHttpResponse readWhole(
      ClassicHttpResponse response, int largest, HttpRequest request) throws IOException {
    HttpEntity answer = response.getEntity();
    if (answer != null) {
      try (response;
          InputStream in = answer.getContent()) {
        byte[] bytes = AnswerBytes.of(response, in, largest);
        if (bytes.length > largest) {
          // what unpacks to so much is no plan
          boolean packed = response.containsHeader(HttpHeaders.CONTENT_ENCODING);
          throw largest > LARGEST_ANSWER && !packed
              ? new PlanTooLarge(largest)
              : new UnreadableAnswer("it is larger than %d MiB".formatted(largest >> 20));
        }
        Whose.requireApi(response, bytes, request);
        // unpacked and in UTF-8 already: no reader below may do that again
        response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
        response.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON);
        response.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
      }
    } else {
      Whose.requireApi(response, new byte[0], request);
    }
    return response;
  }
}
