package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections through a SOCKS proxy, which alone knows the server's name. */
class SocksTest {

  private static final String HOST = "server.test";
  private static final int PORT = 40_022;

  private RawServer server;
  private TestSocks proxy;

  @BeforeEach
  void listen() throws IOException {
    server = new RawServer();
    proxy = new TestSocks().knowing(HOST + ":" + PORT, server.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private Socket connect(String user) throws IOException {
    return connect(user, proxy.port());
  }

  private static Socket connect(String user, int port) throws IOException {
    Proxies proxies =
        new Proxies("socks5://" + user + "127.0.0.1:" + port, Map.of(), new Properties());
    return new Network(proxies, new Trust()).connect(HOST, PORT, 10_000);
  }

  /** Nothing but the server's own answer comes out of it, from its first byte on. */
  private void isThrough(Socket socket) throws IOException {
    try (socket) {
      socket
          .getOutputStream()
          .write("GET /x HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 204");
    }
    assertThat(proxy.asked()).containsExactly(HOST + ":" + PORT);
    assertThat(server.requests()).singleElement().extracting("line").isEqualTo("GET /x HTTP/1.1");
  }

  @Test
  void areMadeWithoutAUser() throws IOException {
    isThrough(connect(""));

    assertThat(proxy.users()).isEmpty();
  }

  @Test
  void tellNoUserToAProxyThatWantsNone() throws IOException {
    isThrough(connect("me:s3cret@"));

    assertThat(proxy.users()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"me, s3cret", "me, a:b@c/d", "jürgen, pässword", "me, ''"})
  void areMadeWithAUser(String user, String password) throws IOException {
    proxy.wanting(user + ":" + password);

    isThrough(connect(encoded(user) + ":" + encoded(password) + "@"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void areMadeWhereTheProxyHasAName() throws IOException {
    proxy.from((byte) 3, (byte) 2, (byte) 'p', (byte) '1');

    isThrough(connect(""));
  }

  @Test
  void areMadeWhereTheProxyHasALongAddress() throws IOException {
    byte[] address = new byte[17];
    address[0] = 4;
    proxy.from(address);

    isThrough(connect(""));
  }

  @ParameterizedTest
  @CsvSource({"'', a user and a password", "me:s3cret@, another user and password"})
  void sayThatTheProxyWantsAUser(String user, String what) {
    proxy.wanting("me:other");

    assertThatThrownBy(() -> connect(user))
        .isInstanceOf(ProxyFailed.class)
        .hasMessageContaining("127.0.0.1:" + proxy.port())
        .hasMessageContaining("wants " + what)
        .hasMessageContaining("nothing was sent")
        .hasMessageNotContaining("s3cret")
        .extracting(failure -> ((ProxyFailed) failure).wantsUser())
        .isEqualTo(true);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, failed",
    "2, does not allow that connection",
    "3, does not reach its network",
    "4, does not reach it",
    "5, was refused by it",
    "6, gave up on it",
    "99, failed"
  })
  void sayWhatTheProxyAnswers(int reply, String what) {
    proxy.refusing(reply);

    assertThatThrownBy(() -> connect(""))
        .isInstanceOf(ProxyFailed.class)
        .hasMessageContaining(what + " when asked for " + HOST + ":" + PORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.2", "\4\132"})
  void sayThatWhatAnswersSpeaksNoSocks(String words) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Relay.start(
          () -> {
            try (Socket client = other.accept()) {
              client.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.US_ASCII));
              client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
          });
      assertThatThrownBy(() -> connect("", other.getLocalPort()))
          .isInstanceOf(ProxyFailed.class)
          .hasMessageContaining("speaks no SOCKS 5");
    }
  }

  @Test
  void sayThatTheProxyHasEndedThem() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Relay.start(() -> other.accept().close());
      assertThatThrownBy(() -> connect("", other.getLocalPort()))
          .isInstanceOf(ProxyFailed.class)
          .hasMessageContaining("has ended the connection");
    }
  }
}
