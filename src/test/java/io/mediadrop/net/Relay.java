package io.mediadrop.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes what comes to a socket on to a port of this machine: TLS in front of a plain server. */
public final class Relay implements AutoCloseable {

  private final ServerSocket ear;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Begins to listen. */
  public Relay(ServerSocket ear, int port) {
    this.ear = ear;
    start(() -> accept(port));
  }

  public int port() {
    return ear.getLocalPort();
  }

  private void accept(int port) throws IOException {
    while (!ear.isClosed()) {
      join(ear.accept(), new Socket(InetAddress.getLoopbackAddress(), port));
    }
  }

  private void join(Socket one, Socket other) {
    open.add(one);
    open.add(other);
    join(one, other, open);
  }

  /** Passes on what each of two sockets says to the other, until one ends. */
  static void join(Socket one, Socket other, Set<Socket> open) {
    start(() -> pass(one, other, open));
    start(() -> pass(other, one, open));
  }

  private static void pass(Socket from, Socket to, Set<Socket> open) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** What ends with an error when one end closes. */
  public interface Work {
    void run() throws IOException;
  }

  /** Works in the background until then. */
  public static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one end has closed, or does not trust the other
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    ear.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
