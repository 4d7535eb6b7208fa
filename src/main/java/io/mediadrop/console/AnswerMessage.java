package io.mediadrop.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** The answer that a message becomes. */
final class AnswerMessage {

  private static final String TYPE = "Content-Type";

  private AnswerMessage() {}

  /**
   * The answer of a route.
   *
   * @throws Exception what the route has thrown and nobody has handled
   */
  static ClassicHttpResponse of(ConsoleConsumer consumer, Exchange exchange, Seat seat)
      throws Exception {
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    Message message = exchange.getMessage();
    ClassicHttpResponse response =
        new BasicClassicHttpResponse(
            message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
    HeaderFilterStrategy filter = consumer.getEndpoint().getHeaderFilterStrategy();
    for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
      Object value = header.getValue();
      if (value != null
          && !TYPE.equalsIgnoreCase(header.getKey())
          && !filter.applyFilterToCamelHeaders(header.getKey(), value, exchange)) {
        response.setHeader(header.getKey(), value);
      }
    }
    Object body = message.getBody();
    if (body instanceof InputStream stream) {
      response.setEntity(new Pieces(stream, -1, message.getHeader(TYPE, String.class), seat));
    } else if (body != null) {
      byte[] bytes = message.getMandatoryBody(byte[].class);
      response.setEntity(
          new Pieces(
              new ByteArrayInputStream(bytes),
              bytes.length,
              message.getHeader(TYPE, String.class),
              seat));
    }
    return response;
  }

  /** Is written in pieces, for each of which the client has time anew. */
  private static final class Pieces extends AbstractHttpEntity {

    private static final int PIECE = 8 << 10;

    private final InputStream content;
    private final long length;
    private final Seat seat;

    Pieces(InputStream content, long length, String type, Seat seat) {
      super(type, null, length < 0);
      this.content = content;
      this.length = length;
      this.seat = seat;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] piece = new byte[PIECE];
      for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
        seat.patience().take();
        out.write(piece, 0, read);
        // what comes next may take its time: that is ours, not the client's
        seat.patience().answer();
      }
      seat.patience().take();
    }

    @Override
    public InputStream getContent() {
      return content;
    }

    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
