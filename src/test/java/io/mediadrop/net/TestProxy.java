package io.mediadrop.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that knows hosts which nobody else knows, and keeps what it is asked for. */
public final class TestProxy implements AutoCloseable {

  private final ServerSocket ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<String, Integer> hosts = new ConcurrentHashMap<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile String authorization;
  private volatile String refusal;

  /** Begins to listen, for everybody. */
  public TestProxy() throws IOException {
    Relay.start(
        () -> {
          while (!ear.isClosed()) {
            Socket client = ear.accept();
            open.add(client);
            Relay.start(() -> serve(client));
          }
        });
  }

  /** Knows a host and port, which lead to this port of this machine. */
  public TestProxy knowing(String hostAndPort, int port) {
    hosts.put(hostAndPort, port);
    return this;
  }

  /** Wants this value of Proxy-Authorization; null for none. */
  public TestProxy wanting(String value) {
    authorization = value;
    return this;
  }

  /** Answers everything with this status line; null for no longer. */
  public TestProxy refusing(String status) {
    refusal = status;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + ear.getLocalPort();
  }

  public int port() {
    return ear.getLocalPort();
  }

  /** The heads of all requests, and with those that are no tunnel all that was sent. */
  public List<String> heads() {
    return heads;
  }

  private void serve(Socket client) throws IOException {
    String head = head(client.getInputStream());
    heads.add(head);
    String target = head.split(" ", 3)[1];
    if (refusal != null) {
      end(client, refusal);
    } else if (authorization != null && !head.contains("Proxy-Authorization: " + authorization)) {
      end(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"");
    } else if (head.startsWith("CONNECT ")) {
      connect(client, target);
    } else {
      end(client, "204 No Content");
    }
  }

  private void connect(Socket client, String target) throws IOException {
    Integer port = hosts.get(target);
    if (port == null) {
      end(client, "502 Bad Gateway");
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(server);
    say(client, "200 Connection established\r\nX-Via: test");
    Relay.join(client, server, open);
  }

  private static void say(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void end(Socket client, String status) throws IOException {
    try (client) {
      say(client, status + "\r\nConnection: close");
      client.shutdownOutput();
      client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client has gone");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    ear.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
