package io.mediadrop.api;

import io.mediadrop.net.Relay;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Passes a client's bytes on to a server, and keeps them: what really went over the wire. */
public final class Wiretap implements Closeable {

  private static final Pattern HEAD =
      Pattern.compile("(?s)(?:POST|PUT|GET) /\\S* HTTP/1\\.1\r\n.*?\r\n\r\n");

  private final ServerSocket ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<ByteArrayOutputStream> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final int port;

  private Wiretap(int port) throws IOException {
    this.port = port;
    Relay.start(this::accept);
  }

  /** Between clients and the server on this port; 0 if there is none and all are turned away. */
  public static Wiretap to(int port) throws IOException {
    return new Wiretap(port);
  }

  /** Where the clients are to go. */
  public String url() {
    return "http://127.0.0.1:" + ear.getLocalPort();
  }

  /** How many connections were made. */
  public int connections() {
    return heard.size();
  }

  /** How many connections the server has ended, so that the client's end is closed too. */
  public int ended() {
    return ended.get();
  }

  /** All that the clients have sent. */
  public String sent() {
    StringBuilder all = new StringBuilder();
    heard.forEach(bytes -> all.append(bytes.toString(StandardCharsets.ISO_8859_1)));
    return all.toString();
  }

  /** The request lines with their headers. */
  public List<String> heads() {
    return HEAD.matcher(sent()).results().map(MatchResult::group).toList();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = ear.accept();
      sockets.add(client);
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      heard.add(record);
      if (port == 0) {
        client.close();
        continue;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(server);
      Relay.start(() -> pass(client, server, record));
      Relay.start(
          () -> {
            pass(server, client, OutputStream.nullOutputStream());
            ended.incrementAndGet();
          });
    }
  }

  private static void pass(Socket from, Socket to, OutputStream copy) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copy.write(buffer, 0, read);
        to.getOutputStream().write(buffer, 0, read);
      }
    }
  }

  @Override
  public void close() throws IOException {
    ear.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
