package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.assets.FileServer;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.remote.SftpHost;
import io.mediadrop.remote.SftpLane;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are reached through a proxy only: their names are known to nobody else. */
class ProxyTest {

  private static final String USER = "me:pa55@word";
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString(USER.getBytes(StandardCharsets.UTF_8));

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(SandboxOptions.defaults().withPlan(PlanProfile.HEADERS));
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private PrivateCa authority;
  private Relay api;
  private TestProxy proxy;

  @BeforeEach
  void listen() throws Exception {
    authority = new PrivateCa(folder);
    api = mediadrop.closing(new Relay(authority.socket("dns:api.ofauth.test"), sandbox.port()));
    proxy = mediadrop.closing(new TestProxy().knowing("api.ofauth.test:443", api.port()));
  }

  private Mediadrop configured() throws Exception {
    return mediadrop
        .impatiently()
        .with("mediadrop.api.base-url", "https://api.ofauth.test")
        .with("mediadrop.http.truststore", authority.pem().toString())
        .with("mediadrop.http.proxy", "http://me:pa55%40word@127.0.0.1:" + proxy.port());
  }

  @Test
  void areReachedThroughSocksWithItsUser() throws Exception {
    try (TestSocks socks =
        new TestSocks().knowing("api.ofauth.test:443", api.port()).wanting(USER)) {
      configured()
          .with("mediadrop.http.proxy", "socks5://me:pa55%40word@127.0.0.1:" + socks.port())
          .start();
      mediadrop.put("a.jpg", 1_000);
      mediadrop.awaitFiled(1);

      mediadrop.stop();
      assertThat(socks.asked()).isNotEmpty().containsOnly("api.ofauth.test:443");
      assertThat(socks.users()).containsOnly(USER);
    }
    assertThat(log.all()).noneMatch(line -> line.contains("pa55"));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void areThoseOfItemsWhereASettingSaysSo() throws Exception {
    byte[] content = Files.readAllBytes(MediaFiles.write(folder.resolve("thumb.jpg"), 3_000));
    RawServer files =
        mediadrop.closing(
            new RawServer()
                .answering(
                    call -> RawServer.answer(200, "OK", "Content-Type: image/jpeg\r\n", content)));
    Relay secure = mediadrop.closing(new Relay(authority.socket("dns:files.test"), files.port()));
    configured()
        .with("mediadrop.http.proxy", proxy.url())
        .with("mediadrop.archive.assets", "download")
        .with("mediadrop.assets.proxy", "true")
        .start();
    proxy.knowing("files.test:443", secure.port());
    sandbox
        .faults()
        .next(
            Route.WHOLE,
            FileServer.answering(
                "{'id':1,'type':'photo','isReady':true,"
                    + "'files':{'thumb':{'url':'https://files.test/t?sign=x%2By'}}}"));
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    Running.patiently()
        .until(
            () ->
                Running.filesIn(mediadrop.archive()).stream()
                    .anyMatch(file -> file.endsWith("a.jpg.assets/thumb.jpg")));
    assertThat(files.requests())
        .extracting(RawServer.Request::line)
        .containsExactly("GET /t?sign=x%2By HTTP/1.1");

    mediadrop.stop();
    assertThat(proxy.heads())
        .filteredOn(head -> head.startsWith("CONNECT files.test:443 "))
        .isNotEmpty()
        .noneMatch(head -> head.contains("sign="));
  }

  @Test
  void areReachedWithItsUserAndShowItNothing() throws Exception {
    proxy.wanting(BASIC);
    configured().start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.put("b.mp4", 12_000_000);
    mediadrop.awaitFiled(2);

    mediadrop.stop();

    assertThat(proxy.heads())
        .isNotEmpty()
        .allMatch(head -> head.startsWith("CONNECT api.ofauth.test:443 HTTP/1.1\r\n"))
        .allMatch(head -> head.contains("Proxy-Authorization: " + BASIC))
        .noneMatch(head -> head.contains(Sandbox.KEY) || head.contains(Sandbox.CONNECTION));
    assertThat(sandbox.calls()).isNotEmpty();
    assertThat(log.all()).noneMatch(line -> line.contains("pa55"));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void waitWhileItWantsAnotherUserAndGoOnByThemselves() throws Exception {
    proxy.wanting("Basic another");
    configured().start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> Files.exists(mediadrop.drop().resolve("PAUSED.txt")));
    assertThat(log.errors())
        .hasSize(1)
        .allMatch(line -> line.contains("answered 407") && line.contains("MEDIADROP_HTTP_PROXY"))
        .allMatch(line -> line.contains("http://127.0.0.1:" + proxy.port()))
        .noneMatch(line -> line.contains("pa55"));

    proxy.wanting(BASIC);
    mediadrop.awaitFiled(1);

    mediadrop.stop();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void areOutWhileItRefusesThemWhichIsToldOnceAsItsOwn() throws Exception {
    proxy.refusing("403 Forbidden by policy");
    configured().start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !log.warnings().isEmpty());
    Awaitility.await().during(Duration.ofSeconds(3)).until(() -> log.warnings().size() == 1);
    assertThat(log.warnings().get(0))
        .contains("the proxy http://127.0.0.1:" + proxy.port(), "403 Forbidden by policy")
        .contains("api.ofauth.test:443", "no_proxy", "nothing was sent")
        .doesNotContain("pa55");

    proxy.refusing(null);
    mediadrop.awaitFiled(1);

    mediadrop.stop();
    assertThat(log.all()).anyMatch(line -> line.contains("The API answers again"));
  }

  @Test
  void areOutWhileItDoesNotReachThem() throws Exception {
    proxy.refusing("502 Bad Gateway");
    configured().start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !log.warnings().isEmpty());
    assertThat(log.warnings().get(0))
        .contains("answered 502 Bad Gateway", "does not reach api.ofauth.test:443");

    proxy.refusing(null);
    mediadrop.awaitFiled(1);
  }

  @Test
  void areOutWhileItIsAway() throws Exception {
    proxy.close();
    configured().start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> !log.warnings().isEmpty());

    assertThat(log.warnings().get(0))
        .contains("the proxy http://127.0.0.1:" + proxy.port(), "cannot be reached");
  }

  @Test
  void mayBeWebhooks() throws Exception {
    proxy.wanting(BASIC);
    RawServer secure = mediadrop.closing(new RawServer(authority.socket("dns:hook.example.test")));
    configured()
        .with("mediadrop.notify.uri", "https://hook.example.test/in?sig=a%2Bb")
        .with("mediadrop.notify.plain.uri", "http://nas.example.test:5678/webhook/{x}?a=b+c%2F")
        .start();
    proxy.knowing("hook.example.test:443", secure.port());
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(secure.requests().get(0).line()).isEqualTo("POST /in?sig=a%2Bb HTTP/1.1");
    assertThat(secure.requests().get(0).head()).doesNotContain("Proxy-");
    assertThat(proxy.heads())
        .anyMatch(
            head ->
                head.startsWith(
                        "POST http://nas.example.test:5678/webhook/{x}?a=b+c%2F HTTP/1.1\r\n")
                    && head.contains("Proxy-Authorization: " + BASIC)
                    && head.contains("Host: nas.example.test:5678"));
  }

  @Test
  void mayBeSftpServers() throws Exception {
    proxy.wanting(BASIC);
    try (SftpHost host = SftpHost.on(folder.resolve("server"))) {
      proxy.knowing("nas.example.test:2222", host.port());
      Path config =
          SftpLane.over(host, Files.createDirectories(folder.resolve("config")))
              .with("host", "nas.example.test")
              .with("port", "2222")
              .written();
      Files.writeString(
          config.resolve("known_hosts"),
          host.knownHostsLine().replaceFirst("^\\S+", "[nas.example.test]:2222") + "\n");
      MediaFiles.write(host.root().resolve("in/a.jpg"), 1_000);
      configured().config(config).with("nas.password", SftpHost.PASSWORD).start();
      mediadrop.awaitFiled(1);
    }
    assertThat(proxy.heads())
        .anyMatch(head -> head.startsWith("CONNECT nas.example.test:2222 HTTP/1.1\r\n"));
  }

  @Test
  void areNotThoseOfThisMachine() throws Exception {
    mediadrop.with("mediadrop.http.proxy", proxy.url()).start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    mediadrop.stop();
    assertThat(proxy.heads()).isEmpty();
  }
}
