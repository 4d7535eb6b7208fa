package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with certificates of authorities that Java does not know, or that are not in order. */
class TrustTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox;
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private PrivateCa authority;

  @BeforeEach
  void listen() throws Exception {
    // without addresses in its plans, which would name the port behind the relay
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPlan(PlanProfile.HEADERS));
    authority = new PrivateCa(folder);
  }

  private Mediadrop against(Relay relay) {
    return against(relay.port());
  }

  private Mediadrop against(int port) {
    return mediadrop.impatiently().with("mediadrop.api.base-url", "https://localhost:" + port);
  }

  @Test
  void isToldOnceWithWhoseItIsAndWhatToDoAndItsEnd() throws Exception {
    ServerSocket socket = authority.socket("dns:localhost");
    try (Relay relay = new Relay(socket, sandbox.port())) {
      against(relay).start();
      mediadrop.put("a.jpg", 1_000);
      mediadrop.put("b.jpg", 1_000, 2);
      Running.patiently().until(() -> !log.warnings().isEmpty());
      Awaitility.await().during(Duration.ofSeconds(4)).until(() -> log.warnings().size() == 1);

      mediadrop.stop();
      assertThat(log.warnings().get(0))
          .contains(
              "CN=server,O=Example Corp",
              "issued by CN=Example Root CA,O=Example Corp",
              "localhost:" + relay.port(),
              "nothing was sent",
              "mediadrop.http.truststore (MEDIADROP_HTTP_TRUSTSTORE)",
              "-Djavax.net.ssl.trustStore")
          .doesNotContain("PKIX");
      assertThat(log.all()).noneMatch(line -> line.contains("PKIX"));
      assertThat(sandbox.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pem", "pkcs12", "jks", "text"})
  void isGivenByAFileOfCertificates(String kind) throws Exception {
    Path file =
        switch (kind) {
          case "pem" -> authority.pem();
          case "text" ->
              Files.writeString(
                  folder.resolve("bundle.crt"),
                  "# Example Corp\nsubject= /CN=x\n" + Files.readString(authority.pem()) + "\n");
          default -> authority.store(kind, "changeit");
        };
    ServerSocket socket = authority.socket("dns:localhost");
    Relay relay = mediadrop.closing(new Relay(socket, sandbox.port()));
    against(relay).with("mediadrop.http.truststore", file.toString()).start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(log.warnings()).isEmpty();
  }

  private List<String> warned(ServerSocket socket) throws Exception {
    try (Relay relay = new Relay(socket, sandbox.port())) {
      return warned(relay.port());
    }
  }

  private List<String> warned(int port) throws Exception {
    against(port).with("mediadrop.http.truststore", authority.pem().toString()).start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !log.warnings().isEmpty());
    Awaitility.await().during(Duration.ofSeconds(2)).until(() -> log.warnings().size() == 1);
    assertThat(sandbox.calls()).isEmpty();
    return log.warnings();
  }

  @Test
  void isMissingForACertificateThatIsItsOwn() throws Exception {
    assertThat(warned(authority.selfSigned("dns:localhost")).get(0))
        .contains("is signed by itself", "CN=self", "mediadrop.http.truststore");
  }

  @Test
  void doesNotHelpAnExpiredOne() throws Exception {
    assertThat(
            warned(authority.socket("dns:localhost", "-startdate", "-30d", "-validity", "7"))
                .get(0))
        .contains("has expired", "by this machine's clock", "renew")
        .doesNotContain("truststore");
  }

  @Test
  void doesNotHelpOneOfTomorrow() throws Exception {
    assertThat(warned(authority.socket("dns:localhost", "-startdate", "+2d")).get(0))
        .contains("not valid yet", "clock");
  }

  @Test
  void doesNotHelpOneOfAnotherHost() throws Exception {
    assertThat(warned(authority.socket("dns:portal.hotel.example,dns:*.hotel.example")).get(0))
        .contains("is for portal.hotel.example, *.hotel.example and not for localhost");
  }

  /** What servers answer that know TLS 1.0 only: an alert, or a hello of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "15030100020246",
        "160301002a02000026"
            + "0301"
            + "5555555555555555555555555555555555555555555555555555555555555555"
            + "00002f00"
      })
  void doesNotHelpAServerOfAnOldVersionOfTls(String answer) throws Exception {
    try (ServerSocket old = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Relay.start(
          () -> {
            while (!old.isClosed()) {
              try (Socket client = old.accept()) {
                client.getOutputStream().write(HexFormat.of().parseHex(answer));
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
              }
            }
          });
      assertThat(warned(old.getLocalPort()).get(0))
          .contains("another version of TLS than 1.2 and 1.3", "nothing was sent")
          .doesNotContain("truststore");
    }
  }

  @Test
  void isNotAskedForWhereNobodySpeaksTls() throws Exception {
    assertThat(warned(new ServerSocket(0, 50, InetAddress.getLoopbackAddress())).get(0))
        .contains("speaks no TLS", "port");
  }

  @Test
  void holdsForWebhooksToo() throws Exception {
    RawServer webhook = mediadrop.closing(new RawServer(authority.socket("dns:localhost")));
    mediadrop
        .impatiently()
        .with("mediadrop.notify.uri", "https://localhost:%d/hook?a=%%2B".formatted(webhook.port()))
        .start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !log.warnings().isEmpty());

    assertThat(log.warnings().get(0))
        .contains("notify.default did not take", "issued by CN=Example Root CA", "truststore");
    assertThat(webhook.requests()).isEmpty();
  }

  @Test
  void isTakenForWebhooksToo() throws Exception {
    RawServer webhook = mediadrop.closing(new RawServer(authority.socket("dns:localhost")));
    mediadrop
        .with("mediadrop.http.truststore", authority.pem().toString())
        .with("mediadrop.notify.uri", "https://localhost:%d/hook?a=%%2B".formatted(webhook.port()))
        .start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(webhook.requests().get(0).line()).isEqualTo("POST /hook?a=%2B HTTP/1.1");
  }
}
