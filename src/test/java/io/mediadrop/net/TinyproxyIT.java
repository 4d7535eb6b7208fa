package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API behind Debian's tinyproxy, which wants a user; the settings are the environment's. */
@Tag("troubles")
class TinyproxyIT {

  private static final Path TINYPROXY = Path.of("/usr/bin/tinyproxy");

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private Sandbox sandbox;
  private PrivateCa authority;
  private Relay api;
  private int proxy;
  private String host;

  @BeforeEach
  void listen() throws Exception {
    assertThat(TINYPROXY)
        .as("apt-get install tinyproxy: the tests need /usr/bin/tinyproxy")
        .exists();
    InetAddress address = address();
    host = address.getHostAddress();
    sandbox = Sandbox.start(SandboxOptions.defaults().withPlan(PlanProfile.HEADERS));
    authority = new PrivateCa(folder);
    api = new Relay(authority.socketAt(address, "ip:" + host), sandbox.port());
    proxy = startTinyproxy();
  }

  /** Of this machine, and not its loopback's, for which no proxy is asked. */
  private static InetAddress address() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("the tests need an IPv4 address besides the loopback's"));
  }

  private int startTinyproxy() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings =
        Files.writeString(
            folder.resolve("tinyproxy.conf"),
            """
            Port %d
            Listen 127.0.0.1
            Timeout 60
            LogFile "%s"
            LogLevel Connect
            Allow 127.0.0.1
            BasicAuth me pa55word
            """
                .formatted(port, folder.resolve("tinyproxy.log")));
    processes.add(
        new ProcessBuilder(TINYPROXY.toString(), "-d", "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("tinyproxy.out").toFile())
            .start());
    Running.patiently()
        .ignoreExceptions()
        .until(
            () -> {
              new Socket(InetAddress.getLoopbackAddress(), port).close();
              return true;
            });
    return port;
  }

  @AfterEach
  void stop() throws Exception {
    for (Process process : processes) {
      process.destroy();
      process.waitFor();
    }
    api.close();
    sandbox.close();
  }

  private Path run(List<String> java, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("io.mediadrop.cli.Mediadrop", "run", "--home", folder.resolve("home").toString()));
    Path output = folder.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
    variables.putAll(
        Map.of(
            "MEDIADROP_API_BASE_URL",
            "https://" + host + ":" + api.port(),
            "MEDIADROP_API_KEY",
            Sandbox.KEY,
            "MEDIADROP_API_CONNECTION_ID",
            Sandbox.CONNECTION,
            "MEDIADROP_HTTP_TRUSTSTORE",
            authority.pem().toString(),
            "MEDIADROP_DROP_SETTLE",
            "300ms",
            "MEDIADROP_PAUSE_PROBE",
            "300ms"));
    variables.putAll(environment);
    processes.add(0, builder.start());
    Running.patiently()
        .atMost(Duration.ofMinutes(3))
        .until(() -> Files.readString(output).contains("Uploads go to"));
    MediaFiles.write(folder.resolve("home/drop/a.jpg"), 1_000);
    return output;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("tinyproxy.log"));
  }

  @Test
  void isTakenFromTheEnvironment() throws Exception {
    Path output =
        run(List.of(), Map.of("https_proxy", "http://me:pa55word@127.0.0.1:" + proxy + "/"));
    Running.patiently().until(() -> Files.readString(output).contains("and archived"));

    assertThat(output)
        .content()
        .contains("through the proxy http://127.0.0.1:" + proxy + " (https_proxy)")
        .doesNotContain("pa55word");
    assertThat(log()).contains("CONNECT " + host + ":" + api.port());
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void mayCloseItsConnectionsAndNoWebhookCountsAsAway() throws Exception {
    try (RawServer webhook = new RawServer(new ServerSocket(0, 50, address()))) {
      String through = "http://me:pa55word@127.0.0.1:" + proxy + "/";
      Path output =
          run(
              List.of(),
              Map.of(
                  "https_proxy",
                  through,
                  "http_proxy",
                  through,
                  "MEDIADROP_NOTIFY_URI",
                  "http://" + host + ":" + webhook.port() + "/hook?a=b"));
      for (int number = 1; number <= 8; number++) {
        MediaFiles.write(folder.resolve("home/drop/" + number + ".jpg"), 1_000, number);
        int told = number;
        Running.patiently().until(() -> webhook.requests().size() >= told);
      }
      Running.patiently().until(() -> webhook.requests().size() >= 9);

      assertThat(log()).contains("POST http://" + host);
      assertThat(output).content().doesNotContain("did not take");
    }
  }

  @Test
  void saysThatItWantsAUser() throws Exception {
    Path output =
        run(
            List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy),
            Map.of("HTTPS_PROXY", "http://127.0.0.1:1"));
    Running.patiently().until(() -> Files.readString(output).contains("Paused: lane default"));

    assertThat(output)
        .content()
        .contains(
            "The proxy http://127.0.0.1:%d (-Dhttps.proxyHost) answered 407".formatted(proxy),
            "nothing was sent",
            "MEDIADROP_HTTP_PROXY");
    assertThat(sandbox.calls()).isEmpty();
  }

  @Test
  void isLeftOutForWhatNoProxyNames() throws Exception {
    Path output =
        run(
            List.of(),
            Map.of(
                "https_proxy", "http://127.0.0.1:" + proxy, "no_proxy", "x.test," + host + "/8"));
    Running.patiently().until(() -> Files.readString(output).contains("and archived"));

    assertThat(output).content().doesNotContain("proxy");
    assertThat(log()).doesNotContain("CONNECT " + host);
  }
}
