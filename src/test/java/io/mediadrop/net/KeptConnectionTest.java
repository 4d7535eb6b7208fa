package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection that is kept for the next call, and that servers and proxies close when they like.
 */
class KeptConnectionTest {

  private static final int CALLS = 20;

  @TempDir Path folder;
  private WebPosts posts;

  @BeforeEach
  void open() {
    open(new Network());
  }

  private void open(Network network) {
    posts = new WebPosts();
    posts.setNetwork(network);
    posts.setTimeout("2s");
    posts.open();
  }

  @AfterEach
  void close() {
    posts.close();
  }

  private void call(RawServer server, int number) throws Exception {
    call("http://127.0.0.1:" + server.port() + "/hook?n=" + number);
  }

  private void call(String address) throws Exception {
    posts.post(
        WebAddress.of(address),
        Map.of("webhook-id", "1"),
        new StringEntity("{}", ContentType.APPLICATION_JSON));
  }

  @Test
  void isNotMissedWhenItWasClosed() throws Exception {
    try (RawServer server = new RawServer().hangingUp()) {
      for (int number = 0; number < CALLS; number++) {
        call(server, number);
      }
      assertThat(server.requests()).hasSize(CALLS);
      assertThat(server.requests().get(CALLS - 1).line())
          .isEqualTo("POST /hook?n=" + (CALLS - 1) + " HTTP/1.1");
      assertThat(server.requests().get(CALLS - 1).header("content-length")).isEqualTo("2");
      assertThat(server.requests().get(CALLS - 1).header("webhook-id")).isEqualTo("1");
    }
  }

  @Test
  void isNotMissedWhenItWasBrokenOff() throws Exception {
    try (RawServer server = new RawServer().resetting()) {
      for (int number = 0; number < CALLS; number++) {
        call(server, number);
      }
      assertThat(server.requests()).hasSize(CALLS);
    }
  }

  @Test
  void isNotMissedWhenItWasClosedAfterAnIdleTime() throws Exception {
    try (RawServer server = new RawServer()) {
      call(server, 1);
      server.hangUpOnAll();
      Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
      call(server, 2);

      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void isNotMissedUnderTls() throws Exception {
    PrivateCa authority = new PrivateCa(folder);
    Network network = new Network();
    network.setTruststore(authority.pem().toString());
    posts.close();
    open(network);
    try (RawServer server = new RawServer(authority.socket("dns:localhost")).hangingUp()) {
      for (int number = 0; number < CALLS; number++) {
        call("https://localhost:" + server.port() + "/");
      }
      assertThat(server.requests()).hasSize(CALLS);
    }
  }

  @Test
  void isUsedAgain() throws Exception {
    try (RawServer server = new RawServer()) {
      for (int number = 0; number < CALLS; number++) {
        call(server, number);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isReplacedOnceAndNoMore() throws Exception {
    try (RawServer server = new RawServer()) {
      call(server, 1);
      server.answering(request -> null);

      assertThatThrownBy(() -> call(server, 2)).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void isNoExcuseForANewOne() throws Exception {
    try (RawServer server = new RawServer().answering(request -> null)) {
      assertThatThrownBy(() -> call(server, 1)).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void isNoExcuseForAnAnswerThatBreaksOff() throws Exception {
    byte[] whole = RawServer.answer(200, "OK", "", "a".repeat(100));
    try (RawServer server = new RawServer()) {
      call(server, 1);
      server.answering(request -> Arrays.copyOf(whole, whole.length - 10)).hangingUp();

      assertThatThrownBy(() -> call(server, 2)).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void isNoExcuseForASlowAnswer() throws Exception {
    try (RawServer server = new RawServer()) {
      call(server, 1);
      server.answering(request -> "".getBytes(StandardCharsets.ISO_8859_1));

      assertThatThrownBy(() -> call(server, 2)).hasMessageContaining("no answer within 2000 ms");
      assertThat(server.requests()).hasSize(2);
    }
  }
}
