package io.mediadrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GateTest {

  private static final String OK = "HTTP/1.1 200 ";
  private static final String BAD = "HTTP/1.1 400 ";
  private static final String UNAUTHORIZED = "HTTP/1.1 401 ";
  private static final String FORBIDDEN = "HTTP/1.1 403 ";
  private static final String CONSOLE_TOKEN = "a token of twenty-seven signs";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private RawCaller caller;

  /** Beside the console's own routes there are one that changes something and one that fails. */
  @BeforeEach
  void addRoutes() throws IOException {
    Path config = mediadrop.folder("config");
    Files.copy(
        Path.of("src/test/resources/console/routes.camel.yaml"), config.resolve("x.camel.yaml"));
    mediadrop.lanes();
    caller = RawCaller.of(mediadrop);
  }

  @Test
  void letsInWhoeverSitsAtThisMachine() throws Exception {
    mediadrop.start();

    assertThat(caller.get("/api/token"))
        .startsWith(OK)
        .containsPattern("\"token\": \"[0-9a-f]{64}\"}");
    assertThat(caller.ask("GET /api/token", "Host: localhost")).startsWith(OK);
    assertThat(caller.ask("GET /api/token", "Host: [::1]:9999")).startsWith(OK);
    assertThat(caller.ask("HEAD /api/token", "Host: localhost"))
        .startsWith(OK)
        .endsWith("\r\n\r\n");
    assertThat(caller.get("/api/token", "Origin: http://127.0.0.1:" + caller.port()))
        .startsWith(OK);
    assertThat(caller.get("/api/token", "Sec-Fetch-Site: same-origin")).startsWith(OK);
  }

  /** A name of the attacker's that is this machine's address by now. */
  @Test
  void refusesANameThatIsNotItsOwn() throws Exception {
    mediadrop.start();

    for (String host :
        List.of(
            "Host: evil.example",
            "Host: localhost.evil.example",
            "Host: 127.0.0.1.evil.example:80",
            "Host: 10.0.0.1",
            "Host:",
            "X-None: 1",
            "Host: localhost\r\nHost: evil.example")) {
      assertThat(caller.ask("GET /api/token", host))
          .as(host)
          .startsWith(FORBIDDEN)
          .doesNotContain("token\":");
    }
  }

  @Test
  void refusesAPageOfAnotherPlaceAndWhoComesThroughAProxy() throws Exception {
    mediadrop.start();

    for (String line :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: script",
            "Sec-Fetch-Site: same-site\r\nSec-Fetch-Dest: empty",
            "X-Forwarded-For: 203.0.113.9",
            "Via: 1.1 proxy")) {
      assertThat(caller.get("/api/token", line))
          .as(line)
          .startsWith(FORBIDDEN)
          .doesNotContain("token\":");
    }
  }

  @Test
  void letsSomebodyFollowALink() throws Exception {
    mediadrop.start();

    assertThat(caller.get("/api/token", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: document"))
        .startsWith(OK);
  }

  @Test
  void changesNothingWithoutThePagesToken() throws Exception {
    mediadrop.start();
    String token = "X-Mediadrop-Token: " + caller.token();

    assertThat(caller.post("/api/echo", "once")).startsWith(FORBIDDEN);
    assertThat(caller.post("/api/echo", "twice", "X-Mediadrop-Token: " + "0".repeat(64)))
        .startsWith(FORBIDDEN);
    assertThat(caller.post("/api/echo", "thrice", token, "Origin: http://evil.example"))
        .startsWith(FORBIDDEN);
    assertThat(caller.post("/api/echo", "a", token)).startsWith(OK).endsWith("you said a");
  }

  @Test
  void letsNoPathClimb() throws Exception {
    mediadrop.start();

    for (String path :
        List.of(
            "/files/../../etc/passwd",
            "/files/%2e%2e/secret",
            "/files/..%2fsecret",
            "/files/..%5csecret",
            "/files/..\\secret",
            "/files//secret",
            "/files/%00",
            "/files/a;b")) {
      assertThat(caller.get(path)).as(path).startsWith(BAD);
      assertThat(caller.get("/files/a.css")).startsWith(OK);
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    mediadrop.start();

    assertThat(caller.get("/api/token/../token")).startsWith("HTTP/1.1 404 ");
    assertThat(caller.get("http://evil.example/api/token")).startsWith(FORBIDDEN);
    assertThat(caller.get("/nothing")).startsWith("HTTP/1.1 404 ");
    assertThat(caller.ask("OPTIONS /api/token", "Host: localhost"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD\r\n");
    assertThat(caller.ask("TRACE /api/echo", "Host: localhost")).startsWith("HTTP/1.1 405 ");
  }

  @Test
  void sendsNothingBackThatWasSent() throws Exception {
    mediadrop.start();

    assertThat(caller.get("/api/token?a=b", "X-Own: secret", "Set-Cookie: a=b", "Cookie: c=d"))
        .startsWith(OK)
        .contains("X-Content-Type-Options: nosniff\r\n", "Content-Security-Policy: default-src")
        .doesNotContain("secret", "a=b", "c=d");
  }

  @Test
  void tellsOfAFailureOnlyInTheLogAndOnceAMinute() throws Exception {
    mediadrop.start();
    mediadrop.log();

    for (int i = 0; i < 50; i++) {
      assertThat(caller.get("/api/broken"))
          .startsWith("HTTP/1.1 500 ")
          .doesNotContain("IllegalState", "of no business");
      assertThat(caller.ask("GET /api/token", "Host: evil.example")).startsWith(FORBIDDEN);
    }

    assertThat(mediadrop.log().all()).hasSize(1).first().asString().contains("of no business");
  }

  @Test
  void asksEverybodyForTheTokenThatIsSet() throws Exception {
    mediadrop.with("mediadrop.console.token", CONSOLE_TOKEN).start();
    String basic = Base64.getEncoder().encodeToString(RawCaller.bytes("me:" + CONSOLE_TOKEN));

    assertThat(caller.get("/api/token"))
        .startsWith(UNAUTHORIZED)
        .contains("WWW-Authenticate: Basic realm=\"mediadrop\"");
    assertThat(caller.get("/api/token", "Authorization: Bearer " + CONSOLE_TOKEN + "x"))
        .startsWith(UNAUTHORIZED);
    assertThat(caller.get("/api/token", "Authorization: Basic bWU6b25l")).startsWith(UNAUTHORIZED);
    assertThat(caller.get("/api/token", "Authorization: Basic §")).startsWith(UNAUTHORIZED);
    assertThat(caller.ask("GET /api/token", "Host: media.example\r\nAuthorization: Basic " + basic))
        .startsWith(OK);
    assertThat(caller.post("/api/echo", "b", "Authorization: Basic " + basic))
        .as("what browsers send by themselves")
        .startsWith(FORBIDDEN);
    assertThat(caller.post("/api/echo", "c", "Authorization: Bearer " + CONSOLE_TOKEN))
        .startsWith(OK);
  }
}
