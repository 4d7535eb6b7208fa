package bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Takes uploads as fast as it can and forgets their bytes: sessions of the API, and plain PUTs to
 * any other path, as to a bucket. It counts, and notes when the first call came and the last upload
 * was answered, by {@link System#nanoTime()}.
 */
final class Sink implements AutoCloseable {

  /** For {@link #reset}: every file goes up whole. */
  static final long WHOLE = Long.MAX_VALUE;

  /** For {@link #reset}: no content is held back. */
  static final long UNHELD = 0;

  private final ServerSocketChannel server;
  private final SSLContext tls;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sessions = new AtomicLong();
  private volatile Tally tally = new Tally(WHOLE, UNHELD);

  private Sink(ServerSocketChannel server, SSLContext tls) {
    this.server = server;
    this.tls = tls;
  }

  static Sink start(int port) throws IOException {
    return start(port, null);
  }

  /** One that talks TLS if it has a context. */
  static Sink start(int port, SSLContext tls) throws IOException {
    Sink sink = new Sink(ServerSocketChannel.open(), tls);
    sink.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    thread("sink", sink::accept);
    return sink;
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        open.add(channel);
        thread("sink-connection", () -> serve(channel));
      }
    } catch (ClosedChannelException e) {
      // the bench ends
    } catch (IOException e) {
      throw new IllegalStateException("the sink cannot take connections", e);
    }
  }

  private void serve(SocketChannel channel) {
    try (channel;
        ByteChannel talk = tls == null ? channel : secured(channel.socket())) {
      SinkConnection connection = new SinkConnection(talk, this);
      while (connection.serve()) {
        // one call after the other
      }
    } catch (IOException e) {
      // the peer has ended or was ended
    } finally {
      open.remove(channel);
    }
  }

  private ByteChannel secured(Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, (InputStream) null, true);
    secure.setUseClientMode(false);
    return new SecureChannel(secure);
  }

  /**
   * Begins to count anew.
   *
   * @param partSize of files that are larger; {@link #WHOLE} for none
   * @param heldTo bytes per second that a connection with a large content is held to; {@link
   *     #UNHELD} for as fast as it goes
   */
  Tally reset(long partSize, long heldTo) {
    tally = new Tally(partSize, heldTo);
    return tally;
  }

  Tally tally() {
    return tally;
  }

  long nextSession() {
    return sessions.incrementAndGet();
  }

  String scheme() {
    return tls == null ? "http" : "https";
  }

  String baseUrl() throws IOException {
    return scheme()
        + "://127.0.0.1:"
        + ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Channel channel : open) {
      channel.close();
    }
  }

  /** Serves alone, for a try by hand, and says what has come whenever that changes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
    long partSize = arguments.length > 1 ? Long.parseLong(arguments[1]) : WHOLE;
    try (Sink sink = start(port)) {
      Tally tally = sink.reset(partSize, UNHELD);
      System.out.println(sink.baseUrl());
      for (long before = 0; true; TimeUnit.SECONDS.sleep(1)) {
        long files = tally.files.get();
        if (files != before) {
          System.out.printf(
              "%d files, %d calls, %d bytes, %.2f s from the first call to the last answer%n",
              files, tally.calls.get(), tally.bytes.get(), tally.seconds());
          before = files;
        }
      }
    }
  }
}
