package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.net.RawServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses of the web are called as they were written, to the letter. */
class WrittenAddressTest {

  /** Each is what stands behind the host, and goes into the request's first line as it is. */
  private static final List<String> TARGETS =
      List.of(
          // Azure Logic Apps and Power Automate
          "/workflows/8f1c/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_c%2Bd%2Fe%3D",
          "/powerautomate/automations/direct/workflows/0a/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=Zq~-_.9%3d",
          // Slack, Teams, Discord, Zapier, Make, n8n, IFTTT
          "/services/T024BE7LD/B0V8L3/xM8fkTd7LkQ",
          "/webhookb2/3f0a@9c1e/IncomingWebhook/77ab/c0ffee",
          "/api/webhooks/123456789/aB_c-D?wait=true&thread_id=42",
          "/hooks/catch/123/abc/",
          "/abc123def?x=%20%20",
          "/webhook-test/5f0e?flag",
          "/trigger/media_done/with/key/cX-Yz_1",
          // signed and escaped in all ways
          "?token=x%2By&a=b+c%20d&flag",
          "/hook?token=x%2By&a=b+c%20d&flag",
          "/a%2Fb/c%20d;v=1,2/(x)/%7Bid%7D/{id}",
          "/hook?b=2&a=1&b=3&a=&=x&&c",
          "/hook?sig=%e2%82%ac&SIG=%E2%82%AC",
          "/hook?q='x'*!~$|^`\"<>\\[]",
          "/hook?next=https://example.com/?a=b%26c=d&at=@",
          "//double//slash/../dots/./x",
          // names that mean something to Camel's http endpoint
          "/hook?httpMethod=GET&authMethod=Basic&bridgeEndpoint=true&throwExceptionOnFailure=false",
          "/hook?connectTimeout=1&soTimeout=1&proxyHost=nowhere&proxyPort=1&okStatusCodeRange=500-599",
          "/hook?httpClientConfigurer=%23x&cookieHandler=y&disableStreamCache=true&synchronous=true",
          "/hook?token=RAW(a+b)&other=RAW{c&d}",
          // what looks like an expression
          "/hook?a=${body}&b=$simple{id}&c=%7B%7Bx%7D%7D&d=#".replace("#", "%23"),
          "/hook?%zz=%");

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void whateverStandsInThem() throws Exception {
    RawServer server = mediadrop.closing(new RawServer());
    mediadrop.with("mediadrop.notify.uri", "log:mediadrop.notify?plain=true");
    List<String> lines = new ArrayList<>();
    for (String target : TARGETS) {
      mediadrop.with(
          "mediadrop.notify.s%d.uri".formatted(lines.size()),
          "http://127.0.0.1:" + server.port() + target);
      lines.add("POST " + (target.startsWith("/") ? target : "/" + target) + " HTTP/1.1");
    }
    mediadrop.start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);
    mediadrop.stop();

    assertThat(server.requests().stream().map(RawServer.Request::line))
        .containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void withSpacesAndLettersBeyondAsciiAsBrowsersWriteThem() throws Exception {
    assertThat(called("http://127.0.0.1:%d/büro/a b?q=é").line())
        .isEqualTo("POST /b%C3%BCro/a%20b?q=%C3%A9 HTTP/1.1");
  }

  @Test
  void withTheUserBeforeTheHost() throws Exception {
    RawServer.Request call = called("http://me:s3cr%%40et%%2F+1@127.0.0.1:%d/hook?a=b%%2Bc");

    assertThat(call.line()).isEqualTo("POST /hook?a=b%2Bc HTTP/1.1");
    assertThat(call.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("me:s3cr@et/+1".getBytes(StandardCharsets.UTF_8)));
    assertThat(call.head()).doesNotContain("s3cr");
  }

  @Test
  void atAnAddressOfSixteenBytes() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("::1"))) {
      RawServer.Request call = called("http://[::1]:%d/hook?a=%%5B", new RawServer(socket));

      assertThat(call.line()).isEqualTo("POST /hook?a=%5B HTTP/1.1");
      assertThat(call.header("Host")).isEqualTo("[::1]:" + socket.getLocalPort());
    }
  }

  private RawServer.Request called(String uri) throws Exception {
    return called(uri, new RawServer());
  }

  private RawServer.Request called(String uri, RawServer listening) throws Exception {
    LogLines log = mediadrop.log();
    RawServer server = mediadrop.closing(listening);
    mediadrop.with("mediadrop.notify.uri", uri.formatted(server.port())).start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(server.requests()).hasSize(1);
    assertThat(log.all()).noneMatch(line -> line.contains("s3cr") || line.contains("a=b"));
    return server.requests().get(0);
  }

  @Test
  void saysWhatWasOnceMeantForCamel() throws Exception {
    LogLines log = mediadrop.log();
    called("http://127.0.0.1:%d/hook?authMethod=Basic&authUsername=me&authPassword=s3cret");

    assertThat(log.warningsWith("called as it is written"))
        .hasSize(1)
        .allMatch(line -> line.contains("mediadrop.notify.uri holds authMethod"));
  }

  @Test
  void alsoThatOfTheArchive() throws Exception {
    String target = "/in?api-version=2016-10-01&sp=%2Ftriggers&httpMethod=PUT&sig=a%2Bb+c&flag";
    RawServer server = mediadrop.closing(new RawServer());
    mediadrop
        .with("mediadrop.archive.uri", "http://127.0.0.1:" + server.port() + target)
        .with("mediadrop.archive.assets", "download")
        .with("mediadrop.assets.private-addresses", "true")
        .start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(server.requests())
        .hasSizeGreaterThan(3)
        .allMatch(call -> call.line().equals("POST " + target + " HTTP/1.1"))
        .anyMatch(call -> new String(call.body(), StandardCharsets.UTF_8).startsWith("[{"))
        .anyMatch(call -> "application/octet-stream".equals(call.header("Content-Type")));
  }
}
