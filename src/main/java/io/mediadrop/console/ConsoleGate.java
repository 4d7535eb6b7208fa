package io.mediadrop.console;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Who may ask the console. Whoever sits at this machine may look; a page of another place may not
 * have his browser do so, and to change something one has to know what only the console's own
 * answers tell.
 */
public class ConsoleGate {

  private static final int UNAUTHORIZED = 401;
  private static final int FAILED = 500;

  /** What each answer tells the browser besides. */
  private static final Map<String, String> CAUTION =
      Map.of(
          "X-Content-Type-Options",
          "nosniff",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Referrer-Policy",
          "no-referrer",
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  /** What of a request the routes get to see; nothing else could be sent back either. */
  private static final String[] KEPT = {"Camel*", "If-None-Match"};

  private Admission admission;
  private CallerLog callers;

  /** Whether the request is not answered. */
  public boolean isRefused(Exchange exchange) {
    return admission.refusalOf(new Request(exchange)) != null;
  }

  /** Says why it is not. */
  public void refuse(Exchange exchange) {
    Request request = new Request(exchange);
    Refusal refusal = admission.refusalOf(request);
    callers.tell("%s is refused: %s".formatted(request, refusal.reason()));
    answer(exchange, refusal.status(), refusal.reason());
    if (refusal.status() == UNAUTHORIZED) {
      exchange.getMessage().setHeader("WWW-Authenticate", "Basic realm=\"mediadrop\"");
    }
  }

  /** Takes from the message what the client has sent along, none of which is to be sent back. */
  public void admit(Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*", KEPT);
    CAUTION.forEach(message::setHeader);
  }

  /** Answers a request that a route has failed at. */
  public void fail(Exchange exchange) {
    callers.tell(
        "%s has failed: %s"
            .formatted(exchange.getFromRouteId(), exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
    answer(exchange, FAILED, "This could not be answered; the log says why");
  }

  /** What a page must send in {@code X-Mediadrop-Token} to change something; new at each start. */
  public String pageToken() {
    return admission.pageToken();
  }

  private void answer(Exchange exchange, int status, String text) {
    admit(exchange);
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    message.setBody(text + "\n");
  }

  public void setConsole(Console console) {
    admission = new Admission(console.token());
    callers = console.callers();
  }
}
