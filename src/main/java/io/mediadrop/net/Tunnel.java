package io.mediadrop.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that goes through the proxy for its host, if there is one: what is written to it
 * arrives there as if it was connected straight.
 */
class Tunnel extends Socket {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})(?: ([^\\r\\n]*))?");
  private static final int LONGEST_HEAD = 16 * 1024;
  private static final int PATIENCE = 30_000;

  private final Proxies proxies;
  private final boolean plainHttp;

  Tunnel(Proxies proxies, boolean plainHttp) {
    this.proxies = proxies;
    this.plainHttp = plainHttp;
  }

  /** Connects; to an address without a number through the proxy. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress target) || !target.isUnresolved()) {
      super.connect(endpoint, timeout);
      return;
    }
    Optional<Proxy> proxy = proxies.of(plainHttp, target.getHostString(), target.getPort());
    if (proxy.isEmpty()) {
      super.connect(new InetSocketAddress(target.getHostString(), target.getPort()), timeout);
    } else {
      through(proxy.get(), target, timeout);
    }
  }

  private void through(Proxy proxy, InetSocketAddress target, int timeout) throws IOException {
    try {
      super.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeout);
    } catch (IOException e) {
      throw new ProxyFailed(
          proxy, "cannot be reached: " + e.getClass().getSimpleName() + ", " + e.getMessage(), 0);
    }
    int before = getSoTimeout();
    setSoTimeout(timeout > 0 ? timeout : PATIENCE);
    try {
      if (proxy.socks()) {
        Socks.connect(this, proxy, target);
      } else {
        ask(proxy, target);
      }
    } catch (SocketTimeoutException e) {
      throw new ProxyFailed(proxy, "does not answer", 0);
    } catch (ProxyFailed e) {
      throw e;
    } catch (IOException e) {
      throw new ProxyFailed(proxy, "has ended the connection", 0);
    } finally {
      setSoTimeout(before);
    }
  }

  private void ask(Proxy proxy, InetSocketAddress target) throws IOException {
    String name = target.getHostString();
    String host =
        (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name)
            + ":"
            + target.getPort();
    String request =
        "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: mediadrop\r\n%s\r\n"
            .formatted(
                host,
                host,
                proxy.user() == null
                    ? ""
                    : "Proxy-Authorization: " + authorization(proxy) + "\r\n");
    OutputStream out = getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    Matcher status = STATUS.matcher(head(proxy));
    if (!status.lookingAt()) {
      throw new ProxyFailed(proxy, "answers in another way than HTTP proxies do", 0);
    }
    int code = Integer.parseInt(status.group(1));
    if (code < 200 || code > 299) {
      throw ProxyFailed.refused(
          proxy, host, code, Cleaned.of(status.group(2) == null ? "" : status.group(2)));
    }
  }

  /** The proxy's header for its own user; it is sent to nobody else. */
  static String authorization(Proxy proxy) {
    String user = proxy.user().contains(":") ? proxy.user() : proxy.user() + ":";
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** Read byte by byte: what follows is the server's. */
  private String head(Proxy proxy) throws IOException {
    InputStream in = getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int next = in.read();
      if (next < 0 || head.size() > LONGEST_HEAD) {
        throw new ProxyFailed(
            proxy, next < 0 ? "has ended the connection" : "answers without an end", 0);
      }
      head.write(next);
      ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }
}
