package io.mediadrop.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** The body of a request: asked for when first read, counted, and drained if nobody wants it. */
final class RequestBody {
  private final ClassicHttpRequest request;
  private final ResponseTrigger trigger;
  private final CallRecord call;
  private UnaryOperator<InputStream> fault = UnaryOperator.identity();
  private InputStream stream;
  private boolean unread;

  RequestBody(ClassicHttpRequest request, ResponseTrigger trigger, CallRecord call) {
    this.request = request;
    this.trigger = trigger;
    this.call = call;
  }

  void readThrough(UnaryOperator<InputStream> fault) {
    this.fault = fault;
  }

  InputStream open() throws IOException {
    if (stream == null) {
      HttpEntity entity = request.getEntity();
      askForBody();
      stream =
          entity == null
              ? InputStream.nullInputStream()
              : fault.apply(new Counting(entity.getContent()));
    }
    return stream;
  }

  void leaveUnread() {
    unread = true;
  }

  /**
   * Reads what is left, so that the connection can be used again.
   *
   * @return whether it can
   */
  boolean drain() throws IOException {
    if (unread || (expectsContinue() && stream == null)) {
      // without an entity the server does not try to read it either
      request.setEntity(null);
      return false;
    }
    Blocks.pour(open(), Long.MAX_VALUE - Blocks.SIZE, (block, length) -> {});
    return true;
  }

  private void askForBody() throws IOException {
    if (expectsContinue()) {
      try {
        trigger.sendInformation(new BasicClassicHttpResponse(100));
      } catch (HttpException e) {
        throw new IOException(e);
      }
    }
  }

  private boolean expectsContinue() {
    return request.containsHeader("Expect");
  }

  private final class Counting extends FilterInputStream {
    private long bytes;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      return count(read, read);
    }

    private int count(int result, int length) {
      if (result >= 0) {
        bytes += length;
        call.received(bytes);
      }
      return result;
    }
  }
}
