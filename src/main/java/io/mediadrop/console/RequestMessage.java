package io.mediadrop.console;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/** The message that a request becomes, by the names that Camel's other servers use. */
final class RequestMessage {

  /** The property with the client's address: no client can set one. */
  static final String CALLER = "mediadrop.caller";

  private RequestMessage() {}

  static Exchange of(ConsoleConsumer consumer, ClassicHttpRequest request, byte[] body, Seat seat) {
    Exchange exchange = consumer.createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.setProperty(CALLER, seat.getRemoteAddress());
    Message message = exchange.getIn();
    HeaderFilterStrategy filter = consumer.getEndpoint().getHeaderFilterStrategy();
    for (Header header : request.getHeaders()) {
      String name = header.getName();
      if (!filter.applyFilterToExternalHeaders(name, header.getValue(), exchange)) {
        // two of a kind are told apart from one
        message.getHeaders().merge(name, header.getValue(), (a, b) -> a + ", " + b);
      }
    }
    if (request.getAuthority() != null) {
      // who asks for a whole address means that one
      message.setHeader("Host", request.getAuthority().toString());
    }
    String uri = request.getRequestUri();
    int query = uri.indexOf('?');
    message.setHeader(Exchange.HTTP_METHOD, request.getMethod());
    message.setHeader(Exchange.HTTP_URI, uri);
    message.setHeader(Exchange.HTTP_PATH, query < 0 ? uri : uri.substring(0, query));
    message.setHeader(Exchange.HTTP_QUERY, query < 0 ? null : uri.substring(query + 1));
    message.setBody(body.length == 0 ? null : body);
    return exchange;
  }
}
