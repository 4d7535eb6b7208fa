package io.mediadrop.assets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers whose addresses, or whose servers, mean no good. */
class HostileAssetsTest {

  private static final byte[] CONTENT = "a file".repeat(1_000).getBytes();

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  private FileServer server;

  @BeforeEach
  void listen() throws Exception {
    server = FileServer.start().on("/good.jpg", "image/jpeg", CONTENT);
  }

  private Mediadrop configured() {
    return mediadrop
        .impatiently()
        .with("mediadrop.archive.assets", "download")
        .with("mediadrop.assets.timeout", "1s");
  }

  /** A media whose release forms have these addresses; from one on their size is said, too. */
  private static String media(List<String> urls, int sized) {
    return "{'id':1,'type':'photo','isReady':true,'releaseForms':["
        + IntStream.range(0, urls.size())
            .mapToObj(
                i ->
                    "{'url':'%s','size':%d}".formatted(urls.get(i), i < sized ? 0 : CONTENT.length))
            .collect(Collectors.joining(","))
        + "]}";
  }

  /** What the receipt says of each item, by its address. */
  private Map<String, JsonNode> lines(List<String> urls) throws Exception {
    Map<String, JsonNode> lines = new LinkedHashMap<>();
    for (JsonNode line : mediadrop.json("a.jpg.media.json").path("assets")) {
      String number = line.path("item").asText().replace("release-form-", "");
      lines.put(urls.get(Integer.parseInt(number) - 1), line);
    }
    return lines;
  }

  @Test
  void areNotCalledWhereNothingPublicIs() throws Exception {
    String port = ":" + server.port() + "/good.jpg?sign=hush";
    List<String> urls =
        new ArrayList<>(
            List.of(
                "file:///etc/passwd",
                "ftp://127.0.0.1/good.jpg",
                "jar:http://127.0.0.1!/x",
                "gopher://127.0.0.1" + port,
                "/good.jpg",
                "//127.0.0.1" + port,
                "http:good.jpg",
                "http://",
                "http:///good.jpg",
                "not an address",
                "http://127.0.0.1" + port + "&key={{mediadrop.api.key}}",
                "http://127.0.0.1" + port + "&x=${variable.lane.apiKey}",
                "http://127.0.0.1:99999/x",
                "http://user:hush@media.example/x",
                "http://user@127.0.0.1" + port,
                "http://127.0.0.1" + port,
                "HTTP://LOCALHOST" + port,
                "https://localhost" + port,
                "http://[::1]" + port,
                "http://[::]" + port,
                "http://[::ffff:127.0.0.1]" + port,
                "http://[::ffff:7f00:1]" + port,
                "http://[::127.0.0.1]" + port,
                "http://[64:ff9b::7f00:1]" + port,
                "http://[fe80::1]" + port,
                "http://[fd00:ec2::254]/latest/meta-data",
                "http://169.254.169.254/latest/meta-data",
                "http://0.0.0.0" + port,
                "http://0" + port,
                "http://127.1" + port,
                "http://2130706433" + port,
                "http://0x7f000001" + port,
                "http://0x7f.0.0.1" + port,
                "http://0177.0.0.1" + port,
                "http://010.0.0.1" + port,
                "http://10.1.2.3/x",
                "http://172.16.0.1/x",
                "http://192.168.1.1/x",
                "http://100.64.0.1/x",
                "http://224.0.0.1/x",
                "http://255.255.255.255/x"));
    // the machine's own name is none of localhost's
    urls.add("http://" + InetAddress.getLocalHost().getHostName() + port);
    configured().start();
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media(urls, urls.size())));
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    Map<String, JsonNode> lines = lines(urls);
    assertThat(lines).containsOnlyKeys(urls);
    assertThat(lines.values())
        .allSatisfy(
            line -> {
              assertThat(line.path("refused").asText()).isNotEmpty().doesNotContain("hush");
              assertThat(line.has("archived")).isFalse();
            });
    assertThat(lines.get("file:///etc/passwd").path("refused").asText())
        .contains("neither https nor http");
    assertThat(lines.get("http://user@127.0.0.1" + port).path("refused").asText())
        .contains("user name");
    assertThat(lines.get("http://127.0.0.1" + port).path("refused").asText())
        .contains("127.0.0.1", "no public address", "mediadrop.assets.private-addresses");
    assertThat(server.heads()).isEmpty();
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(3);
  }

  @Test
  void areBroughtToAnEndWhateverTheirServersDo() throws Exception {
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("/redirect", "redirect");
    refused.put("/endless", "larger than 64KiB");
    refused.put("/huge", "larger than 64KiB");
    refused.put("/packed", "packed");
    refused.put("/403", "status 403");
    refused.put("/404", "status 404");
    refused.put("/410", "status 410");
    refused.put("/206", "status 206");
    String[] length = {"Content-Type: image/jpeg", "Content-Length: " + CONTENT.length};
    server
        .on(
            "/redirect",
            (n, out) -> FileServer.say(out, "302 Found", "Location: " + server.url("/secret")))
        .on(
            "/endless",
            (n, out) -> {
              FileServer.say(out, "200 OK", "Transfer-Encoding: chunked");
              while (true) {
                out.write(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes());
              }
            })
        .on("/huge", (n, out) -> FileServer.say(out, "200 OK", "Content-Length: 10737418240"))
        .on(
            "/packed",
            (n, out) -> FileServer.say(out, "200 OK", "Content-Encoding: gzip", length[1]))
        .on("/403", (n, out) -> FileServer.say(out, "403 Forbidden", "Content-Length: 0"))
        .on("/410", (n, out) -> FileServer.say(out, "410 Gone", "Content-Length: 0"))
        .on("/206", (n, out) -> FileServer.say(out, "206 Partial Content", length));

    List<String> passing = List.of("/short", "/cut", "/long", "/trickle", "/503", "/429", "/reset");
    wrongAtFirst("/short", out -> FileServer.send(out, "image/jpeg", new byte[10]));
    wrongAtFirst(
        "/cut",
        out -> {
          FileServer.say(out, "200 OK", length);
          out.write(CONTENT, 0, 100);
        });
    wrongAtFirst(
        "/long",
        out -> {
          FileServer.say(out, "200 OK", "Content-Type: image/jpeg");
          out.write(CONTENT);
          out.write('!');
        });
    wrongAtFirst(
        "/trickle",
        out -> {
          FileServer.say(out, "200 OK", length);
          for (byte b : CONTENT) {
            out.write(b);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          }
        });
    wrongAtFirst("/503", out -> FileServer.say(out, "503 Busy", "Content-Length: 0"));
    wrongAtFirst("/429", out -> FileServer.say(out, "429 Slow Down", "Content-Length: 0"));
    wrongAtFirst("/reset", out -> out.write('H'));

    List<String> paths = new ArrayList<>(refused.keySet());
    paths.addAll(passing);
    paths.add("/good.jpg");
    List<String> urls = paths.stream().map(server::url).toList();
    configured()
        .with("mediadrop.assets.private-addresses", "true")
        .with("mediadrop.assets.max-size", "64KiB")
        .start();
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media(urls, refused.size())));
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    Map<String, JsonNode> lines = lines(urls);
    assertThat(lines).containsOnlyKeys(urls);
    refused.forEach(
        (path, why) ->
            assertThat(lines.get(server.url(path)).path("refused").asText()).contains(why));
    assertThat(refused.keySet()).allSatisfy(path -> assertThat(server.calls(path)).isOne());
    assertThat(passing).allSatisfy(path -> assertThat(server.calls(path)).isEqualTo(2));
    assertThat(server.calls("/good.jpg")).isOne();
    assertThat(server.calls("/secret")).isZero();
    assertThat(IntStream.range(refused.size(), paths.size()).mapToObj(i -> urls.get(i)))
        .allSatisfy(
            url ->
                assertThat(mediadrop.archive().resolve(lines.get(url).path("archived").asText()))
                    .hasBinaryContent(CONTENT));
    assertThat(Running.filesIn(mediadrop.home().resolve("data/assets"))).isEmpty();
  }

  private interface Wrong {
    void answer(OutputStream out) throws IOException;
  }

  /** Answers the first call wrongly, and every further one well. */
  private void wrongAtFirst(String path, Wrong wrong) {
    server.on(
        path,
        (number, out) -> {
          if (number == 1) {
            wrong.answer(out);
          } else {
            FileServer.send(out, "image/jpeg", CONTENT);
          }
        });
  }
}
