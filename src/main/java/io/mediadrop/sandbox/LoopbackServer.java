package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerConnection;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/** The HTTP server around the front door: loopback only, a thread per connection, up to a limit. */
final class LoopbackServer implements AutoCloseable {
  private static final String SOCKET = "sandbox.socket";
  private static final Http1Config HTTP = Http1Config.custom().setBufferSize(16 << 10).build();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Semaphore seats;
  private final HttpServer server;

  LoopbackServer(SandboxOptions options, FrontDoor door) throws IOException {
    seats = new Semaphore(options.maxConnections);
    server =
        new HttpServer(
            options.port,
            service(door),
            InetAddress.getLoopbackAddress(),
            SocketConfig.custom().setTcpNoDelay(true).setBacklogSize(1024).build(),
            null,
            this::connection,
            null,
            null,
            null);
    server.start();
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    closing.countDown();
    server.close(CloseMode.IMMEDIATE);
    try {
      server.awaitTermination(TimeValue.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpService service(FrontDoor door) {
    HttpProcessor processor =
        HttpProcessorBuilder.create()
            .add(new ResponseContent(true))
            .add(new ResponseConnControl())
            .build();
    return new HttpService(
        processor,
        (request, trigger, context) ->
            door.answer(
                request,
                trigger,
                new Wire((HttpServerConnection) context.getAttribute(SOCKET), closing))) {
      @Override
      public void handleRequest(HttpServerConnection socket, HttpContext context)
          throws IOException, HttpException {
        context.setAttribute(SOCKET, socket);
        super.handleRequest(socket, context);
      }
    };
  }

  private DefaultBHttpServerConnection connection(Socket socket) throws IOException {
    try {
      seats.acquire();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("The sandbox closes");
    }
    Seated connection = new Seated();
    connection.bind(socket);
    return connection;
  }

  /** A connection that gives its seat back when it closes. */
  private final class Seated extends DefaultBHttpServerConnection {
    private final AtomicBoolean seated = new AtomicBoolean(true);

    Seated() {
      super("http", HTTP);
    }

    @Override
    public void close() throws IOException {
      leave();
      super.close();
    }

    @Override
    public void close(CloseMode mode) {
      leave();
      super.close(mode);
    }

    private void leave() {
      if (seated.compareAndSet(true, false)) {
        seats.release();
      }
    }
  }
}
