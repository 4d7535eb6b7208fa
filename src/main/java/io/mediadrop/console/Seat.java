package io.mediadrop.console;

import java.io.IOException;
import java.net.Socket;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** The connection of one client, with one request after the other. */
final class Seat extends DefaultBHttpServerConnection implements Runnable {

  private static final Http1Config HTTP =
      Http1Config.custom()
          .setBufferSize(8 << 10)
          .setMaxLineLength(8 << 10)
          .setMaxHeaderCount(100)
          .build();

  private final Patience patience = new Patience();
  private final Socket client;
  private final HttpService service;
  private final Seats seats;
  private final CallerLog callers;

  Seat(Socket client, HttpService service, Seats seats, CallerLog callers) {
    super("http", HTTP);
    this.client = client;
    this.service = service;
    this.seats = seats;
    this.callers = callers;
  }

  /** How long the client has let us wait. */
  Patience patience() {
    return patience;
  }

  @Override
  public void run() {
    try {
      client.setTcpNoDelay(true);
      bind(client);
      while (isOpen() && begins()) {
        HttpCoreContext context = HttpCoreContext.create();
        context.setAttribute(RouteAnswers.SEAT, this);
        service.handleRequest(this, context);
      }
      close();
    } catch (IOException | HttpException e) {
      // the client has gone, was cut off, or speaks no HTTP: all that is his affair
    } catch (RuntimeException e) {
      callers.tell("a request could not be read: " + e);
    } finally {
      cut();
    }
  }

  private boolean begins() throws IOException {
    patience.ask();
    boolean begun = isDataAvailable(Timeout.of(Patience.LONGEST));
    patience.ask();
    return begun;
  }

  /** Ends the connection, whatever its thread is doing. */
  void cut() {
    seats.leave(this);
    close(CloseMode.IMMEDIATE);
    try {
      // its thread may not have got to it yet
      client.close();
    } catch (IOException e) {
      // there is nobody left who could be told
    }
  }
}
