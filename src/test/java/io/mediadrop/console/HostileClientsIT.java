package io.mediadrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.cli.ShippedConfig;
import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients who would have a simple server wait for them for ever. */
class HostileClientsIT {

  private static final int CLIENTS = 200;
  private static final int FILES = 100;
  private static final Duration CUT_OFF = Duration.ofSeconds(20);

  /** A generous one: the machine has other tests to run. */
  private static final double SLOWDOWN = 3;

  /** What they say before they say no more. */
  enum Client {
    HALF_A_HEAD("GET /api/token HTTP/1.1\r\nHost: loc"),
    HALF_A_BODY("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"),
    HALF_A_CHUNK(
        "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf"),
    NO_EAR("GET /api/large HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private final String says;

    Client(String says) {
      this.says = says;
    }
  }

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private RawCaller caller;

  @BeforeEach
  void start() throws Exception {
    Path config = mediadrop.folder("config");
    Path lane = ShippedConfig.folder().resolve("lanes/default.camel.yaml");
    Files.copy(lane, mediadrop.lanes().file("default"));
    Files.copy(
        Path.of("src/test/resources/console/routes.camel.yaml"), config.resolve("x.camel.yaml"));
    caller = RawCaller.of(mediadrop);
    mediadrop.start();
    mediadrop.log();
  }

  @ParameterizedTest
  @EnumSource
  void areCutOffAndDelayNobody(Client kind) throws Exception {
    Duration quiet = uploadSome(1);

    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(mediadrop.closing(say(kind.says)));
    }
    assertThat(caller.get("/api/token")).as("others come in").startsWith("HTTP/1.1 200 ");
    Duration beside = uploadSome(2);

    assertThat(beside.toMillis())
        .as("%d files in %s, and in so long beside", FILES, quiet)
        .isLessThan((long) (SLOWDOWN * quiet.toMillis() + 1000));
    Running.patiently().atMost(CUT_OFF).until(() -> threads() <= 1);
    for (Socket client : clients) {
      assertThat(isCut(client)).isTrue();
    }
    assertThat(mediadrop.log().with("Console: ")).hasSizeLessThanOrEqualTo(1);
    assertThat(caller.get("/api/token")).startsWith("HTTP/1.1 200 ");
  }

  private Socket say(String text) throws IOException {
    Socket socket = caller.connect();
    socket.setSoTimeout((int) CUT_OFF.toMillis());
    try {
      socket.getOutputStream().write(RawCaller.bytes(text));
    } catch (SocketException e) {
      // one who has come later has its seat already
    }
    return socket;
  }

  /** How many of the console's threads there are: one that listens, and one for each client. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mediadrop-console-"))
        .count();
  }

  /** Whether it has got nothing, or not all of what it has asked for. */
  private static boolean isCut(Socket client) throws IOException {
    long received = 0;
    byte[] buffer = new byte[1 << 16];
    try {
      for (int read = 0; read >= 0; read = client.getInputStream().read(buffer)) {
        received += read;
      }
    } catch (SocketException e) {
      // reset, that is
    }
    return received < LargeBody.SIZE;
  }

  private Duration uploadSome(int seed) {
    long start = System.nanoTime();
    for (int i = 0; i < FILES; i++) {
      mediadrop.put("%d-%d.jpg".formatted(seed, i), 2_000, seed * 1000L + i);
    }
    mediadrop.awaitFiled(seed * FILES);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void areCutOffHoweverOftenTheySayALittle() throws Exception {
    Socket client = mediadrop.closing(say("GET /api/token HTTP/1.1\r\n"));

    Running.patiently()
        .pollInterval(Duration.ofSeconds(1))
        .between(Duration.ofSeconds(5), CUT_OFF)
        .until(() -> !canSay(client, "X: "));
  }

  private static boolean canSay(Socket client, String more) {
    try {
      client.getOutputStream().write(RawCaller.bytes(more));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void areToldThatTenMegabytesAreTooMuch() throws Exception {
    String token = "X-Mediadrop-Token: " + caller.token();
    String large = "x".repeat(10 << 20);

    assertThat(caller.post("/api/echo", large, token)).startsWith("HTTP/1.1 413 ");
    assertThat(
            caller.ask(
                "POST /api/echo",
                "Host: localhost\r\nTransfer-Encoding: chunked\r\n" + token,
                Integer.toHexString(large.length()) + "\r\n",
                large,
                "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            caller.ask(
                "POST /api/echo",
                "Host: localhost\r\nExpect: 100-continue\r\nContent-Length: 10485760"))
        .as("without having been asked to go on")
        .startsWith("HTTP/1.1 413 ");
    assertThat(caller.post("/api/echo", "y".repeat(64 << 10), token)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void areNotWaitedForByAStop() throws Exception {
    for (int i = 0; i < 10; i++) {
      mediadrop.closing(say(Client.NO_EAR.says));
    }
    Running.patiently().until(() -> threads() > 10);
    long start = System.nanoTime();

    mediadrop.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    assertThat(mediadrop.log().with("timeout")).isEmpty();
  }
}
