package io.mediadrop.console;

import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever asks the console of a mediadrop, to the byte. */
public final class RawCaller {

  private static final Pattern TOKEN = Pattern.compile("\"token\": \"([0-9a-f]+)\"");

  private final int port;

  private RawCaller(int port) {
    this.port = port;
  }

  /** Of whatever listens at this port. */
  public static RawCaller at(int port) {
    return new RawCaller(port);
  }

  /** Gives the mediadrop that is to start a port that nobody else has. */
  static RawCaller of(Mediadrop mediadrop) throws IOException {
    RawCaller caller = new RawCaller(Caller.freePort());
    mediadrop.with("mediadrop.console.port", "" + caller.port);
    return caller;
  }

  public int port() {
    return port;
  }

  /** A connection on which nothing was said yet. */
  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** The answer to a request with its {@code Host} and these further lines of its head. */
  public String get(String path, String... lines) throws IOException {
    return ask("GET " + path, "Host: 127.0.0.1:" + port + lines(lines));
  }

  /** The answer to a request that changes something. */
  public String post(String path, String body, String... lines) throws IOException {
    return ask(
        "POST " + path,
        "Host: 127.0.0.1:%d\r\nContent-Length: %d%s".formatted(port, body.length(), lines(lines)),
        body);
  }

  private static String lines(String... lines) {
    return lines.length == 0 ? "" : "\r\n" + String.join("\r\n", lines);
  }

  /** The whole answer to a request of this method and path, with these lines, and a body. */
  public String ask(String begin, String head, String... body) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(20_000);
      String request = begin + " HTTP/1.1\r\n" + head + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(bytes(request + String.join("", body)));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a page has to send along to change something. */
  public String token() throws IOException {
    return token("");
  }

  /** The same, where the console lies below a path. */
  public String token(String path) throws IOException {
    Matcher token = TOKEN.matcher(get(path + "/api/token"));
    return token.find() ? token.group(1) : "";
  }
}
