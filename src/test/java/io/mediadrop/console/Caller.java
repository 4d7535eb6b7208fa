package io.mediadrop.console;

import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Whoever asks the console of a mediadrop, which gets a port that nobody else has. */
public final class Caller {

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private Caller(int port) {
    this.port = port;
  }

  /** Gives the mediadrop that is to start a free port. */
  public static Caller of(Mediadrop mediadrop) throws IOException {
    int port = freePort();
    mediadrop.with("mediadrop.console.port", "" + port);
    return new Caller(port);
  }

  /** A port that nobody listens at. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
