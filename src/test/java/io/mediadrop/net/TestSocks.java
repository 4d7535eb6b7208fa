package io.mediadrop.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy (RFC 1928, 1929) that knows hosts which nobody else knows. */
final class TestSocks implements AutoCloseable {

  private static final int NOT_REACHED = 4;

  private final ServerSocket ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<String, Integer> hosts = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> users = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile String wanted;
  private volatile int refusal;
  private volatile byte[] bound = {1, 127, 0, 0, 1};

  /** Begins to listen, for everybody. */
  TestSocks() throws IOException {
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
  TestSocks knowing(String hostAndPort, int port) {
    hosts.put(hostAndPort, port);
    return this;
  }

  /** Wants this user and password, with a colon between them. */
  TestSocks wanting(String user) {
    wanted = user;
    return this;
  }

  /** Answers each request with this reply. */
  TestSocks refusing(int reply) {
    refusal = reply;
    return this;
  }

  /** Says that it connects from this address, given with its type before it. */
  TestSocks from(byte... address) {
    bound = address;
    return this;
  }

  int port() {
    return ear.getLocalPort();
  }

  /** The hosts and ports that it was asked for, by name. */
  List<String> asked() {
    return asked;
  }

  /** The users and passwords that it was told. */
  List<String> users() {
    return users;
  }

  private void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    if (isWelcome(in, out)) {
      connect(client, in, out);
    } else {
      client.close();
    }
  }

  private boolean isWelcome(DataInputStream in, OutputStream out) throws IOException {
    expect(in, 5);
    byte[] methods = new byte[in.readUnsignedByte()];
    in.readFully(methods);
    int method = wanted == null ? 0 : 2;
    if (!new String(methods, StandardCharsets.ISO_8859_1).contains(String.valueOf((char) method))) {
      out.write(new byte[] {5, (byte) 0xff});
      return false;
    }
    out.write(new byte[] {5, (byte) method});
    if (wanted == null) {
      return true;
    }
    expect(in, 1);
    String user = text(in) + ":" + text(in);
    users.add(user);
    out.write(new byte[] {1, (byte) (user.equals(wanted) ? 0 : 1)});
    return user.equals(wanted);
  }

  private void connect(Socket client, DataInputStream in, OutputStream out) throws IOException {
    expect(in, 5);
    expect(in, 1);
    expect(in, 0);
    expect(in, 3);
    String target = text(in) + ":" + in.readUnsignedShort();
    asked.add(target);
    Integer port = hosts.get(target);
    int reply = refusal != 0 ? refusal : port == null ? NOT_REACHED : 0;
    out.write(new byte[] {5, (byte) reply, 0});
    out.write(bound);
    out.write(new byte[2]);
    if (reply == 0) {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      open.add(server);
      Relay.join(client, server, open);
    } else {
      client.close();
    }
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] text = new byte[in.readUnsignedByte()];
    in.readFully(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void expect(DataInputStream in, int value) throws IOException {
    int byteThere = in.readUnsignedByte();
    if (byteThere != value) {
      throw new IOException("%d in place of %d".formatted(byteThere, value));
    }
  }

  @Override
  public void close() throws IOException {
    ear.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
