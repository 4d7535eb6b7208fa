package io.mediadrop.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server without any HTTP library that keeps each request as its bytes came in. */
public final class RawServer implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

  /** A request, its bytes as the characters of ISO 8859-1. */
  public record Request(String head, byte[] body) {

    /** The first line. */
    public String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    /** The value of a header, or null. */
    public String header(String name) {
      Matcher header =
          Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\\r?$").matcher(head);
      return header.find() ? header.group(1) : null;
    }
  }

  /** What is answered to a request: all bytes of the answer, or none at all. */
  public interface Answering {
    byte[] to(Request request);
  }

  private final ServerSocket socket;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Answering answering = request -> answer(204, "No Content", "", "");
  private volatile boolean hangingUp;
  private volatile boolean resetting;

  /** Listens on this machine, and takes everything. */
  public RawServer() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** Listens on a socket that may speak TLS. */
  public RawServer(ServerSocket socket) {
    this.socket = socket;
    threads.execute(this::accept);
  }

  /** An answer with these headers, lines that end in CRLF, and this content. */
  public static byte[] answer(int status, String reason, String headers, String content) {
    return answer(status, reason, headers, content.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer with these headers, lines that end in CRLF, and this content. */
  public static byte[] answer(int status, String reason, String headers, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("HTTP/1.1 " + status + " " + reason + "\r\n" + headers)
            .getBytes(StandardCharsets.ISO_8859_1));
    if (status != 204) {
      bytes.writeBytes(
          ("Content-Length: " + content.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    bytes.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  public RawServer answering(Answering now) {
    answering = now;
    return this;
  }

  /** Closes each connection after its answer, which does not say so. */
  public RawServer hangingUp() {
    hangingUp = true;
    return this;
  }

  /** The same as {@link #hangingUp}, but breaks the connection off. */
  public RawServer resetting() {
    resetting = true;
    return hangingUp();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Closes all connections that are open. */
  public void hangUpOnAll() throws IOException {
    for (Socket connection : open) {
      connection.close();
    }
  }

  /** How many connections there were. */
  public int connections() {
    return connections.get();
  }

  /** All requests so far. */
  public List<Request> requests() {
    return requests;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        connections.incrementAndGet();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        // closed, or a handshake that failed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (Request next = read(in); next != null; next = read(in)) {
        requests.add(next);
        byte[] answer = answering.to(next);
        if (answer == null) {
          return;
        }
        out.write(answer);
        out.flush();
        if (hangingUp) {
          connection.setSoLinger(resetting, 0);
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone, or does not trust this server
    } finally {
      open.remove(connection);
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (next == '\n' && text.endsWith("\r\n\r\n")) {
        Matcher length = LENGTH.matcher(text);
        return new Request(
            text, in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    hangUpOnAll();
    threads.shutdownNow();
  }
}
