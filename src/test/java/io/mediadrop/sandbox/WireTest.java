package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final String WHOLE_PUT = "PUT /v2/access/uploads/upload%3Ax";

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(address, sandbox.port()).close())
                .isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  @Test
  void resetsTheConnection() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        RawSocket socket = new RawSocket(sandbox.port())) {
      String id = Caller.of(sandbox).open(100);
      sandbox.faults().next(Route.WHOLE, Faults.resetAfter(10));
      socket.sendHead("PUT " + Caller.path(id), "Content-Length: 100");
      socket.send("0123456789");

      assertThatThrownBy(socket::readAll)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void closesAKeptAliveConnectionWithoutAWord() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        RawSocket socket = new RawSocket(sandbox.port())) {
      sandbox.faults().next(Route.WHOAMI, Faults.closeAfterwards());
      socket.sendHead("GET /v2/account/whoami");

      assertThat(socket.readAll()).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
    }
  }

  @Test
  void keepsConnectionsAliveThroughRefusals() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        RawSocket socket = new RawSocket(sandbox.port())) {
      socket.sendHead(WHOLE_PUT, "Content-Length: 3");
      socket.send("abc");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 404");
      assertThat(sandbox.calls().get(0).bytesReceived()).isEqualTo(3);
    }
  }

  @Test
  void asksForABodyOnlyWhenItWantsIt() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        RawSocket refused = new RawSocket(sandbox.port());
        RawSocket welcome = new RawSocket(sandbox.port())) {
      refused.sendHead(WHOLE_PUT, "Content-Length: 3", "Expect: 100-continue");
      assertThat(refused.readAll()).startsWith("HTTP/1.1 404");

      String id = Caller.of(sandbox).open(3);
      welcome.sendHead("PUT " + Caller.path(id), "Content-Length: 3", "Expect: 100-continue");
      assertThat(welcome.readHead()).startsWith("HTTP/1.1 100");
      welcome.send("abc");
      assertThat(welcome.readHead()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void storesNothingOfABodyThatBreaksOff() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      String id = Caller.of(sandbox).open(100);
      try (RawSocket socket = new RawSocket(sandbox.port())) {
        socket.sendHead("PUT " + Caller.path(id), "Content-Length: 100");
        socket.send("0123456789");
      }
      await().until(() -> sandbox.calls().get(1).endNanos() > 0);

      assertThat(sandbox.uploads()).isEmpty();
      assertThat(Caller.of(sandbox).putWhole(id, new byte[100]).status()).isEqualTo(200);
    }
  }

  @Test
  void takesChunkedBodies() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        RawSocket socket = new RawSocket(sandbox.port())) {
      String id = Caller.of(sandbox).open(3);
      socket.sendHead("PUT " + Caller.path(id), "Transfer-Encoding: chunked");
      socket.send("3\r\nabc\r\n0\r\n\r\n");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 200");
      assertThat(sandbox.uploads().get(0).size()).isEqualTo(3);
    }
  }

  @Test
  void servesFurtherConnectionsOnceOneIsFree() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withMaxConnections(1));
        RawSocket first = new RawSocket(sandbox.port())) {
      first.sendHead("GET /v2/account/whoami");
      first.readHead();
      try (RawSocket second = new RawSocket(sandbox.port())) {
        second.sendHead("GET /v2/account/whoami");
        assertThat(sandbox.calls()).hasSize(1);

        first.hangUp();
        assertThat(second.readHead()).startsWith("HTTP/1.1 200");
      }
    }
  }
}
