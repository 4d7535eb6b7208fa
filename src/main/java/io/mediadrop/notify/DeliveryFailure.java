package io.mediadrop.notify;

import io.mediadrop.base.Printable;
import io.mediadrop.base.RetryAfter;
import io.mediadrop.net.NotReached;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Why an endpoint did not take something, without its address and its secrets.
 *
 * @param said for a person, on one line
 * @param gone whether the endpoint wants nothing more, ever
 * @param pause how long it asks to be left alone
 */
record DeliveryFailure(String said, boolean gone, Duration pause) {

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int GONE = 410;

  static DeliveryFailure of(Exception failure, EndpointSecrets secrets, Instant now) {
    if (failure instanceof HttpOperationFailedException answer) {
      Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(answer.getResponseHeaders());
      return new DeliveryFailure(
          "it answered with status " + answer.getStatusCode(),
          answer.getStatusCode() == GONE,
          RetryAfter.in(headers, now, LONGEST));
    }
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof NotReached)) {
      root = root.getCause();
    }
    if (root instanceof NotReached) {
      // it names servers, and nothing that is secret
      return new DeliveryFailure(
          Printable.of(secrets.hiddenIn(root.getMessage())), false, Duration.ZERO);
    }
    String message = secrets.hiddenIn(root.getClass().getSimpleName() + ": " + root.getMessage());
    return new DeliveryFailure(
        Printable.of(message.replaceAll("[a-z][a-z0-9+.-]*:/*\\S*[/?]\\S*", "(address)")),
        false,
        Duration.ZERO);
  }
}
