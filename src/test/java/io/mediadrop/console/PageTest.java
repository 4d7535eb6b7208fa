package io.mediadrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person sees and does in the browser, as the browser asks for it. */
class PageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    caller = Caller.of(mediadrop);
    mediadrop
        .impatiently()
        .with("mediadrop.lane.concurrency", "1")
        .with("mediadrop.pause.probe", "1h")
        .start();
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = caller.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void fail(String... names) {
    for (int n = 0; n < names.length; n++) {
      mediadrop.sandbox().faults().next(Route.INIT, Faults.refuse(415, "UNSUPPORTED"));
      mediadrop.put(names[n], 1_000, n + 1L);
      mediadrop.awaitFailed(n + 1);
    }
  }

  private HttpResponse<String> retry(String body) throws Exception {
    return caller.send(
        caller
            .request("/api/retry")
            .header("X-Mediadrop-Token", json("/api/token").path("token").asText())
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void saysThatAllIsWell() throws Exception {
    mediadrop.put("one.jpg", 1_000);
    mediadrop.awaitFiled(1);

    JsonNode overview = json("/api/overview");
    assertThat(overview.path("colour").asText()).isEqualTo("green");
    assertThat(overview.path("sentence").asText()).startsWith("All well. 1 lane, ");
    assertThat(overview.path("todo")).isEmpty();
    assertThat(overview.path("counts").path("uploadedToday").asInt()).isEqualTo(1);
    JsonNode lane = json("/api/lanes").path(0);
    assertThat(lane.path("name").asText()).isEqualTo("default");
    assertThat(lane.path("state").asText()).isEqualTo("running");
    assertThat(caller.get("/").body()).contains("All well. 1 lane, ", "default");
  }

  @Test
  void isRedOnceALanePauses() throws Exception {
    mediadrop.sandbox().faults().next(Route.INIT, Faults.refuse(401, "UNAUTHORIZED"));
    mediadrop.put("one.jpg", 1_000);
    Running.patiently().until(() -> json("/api/overview").path("colour").asText().equals("red"));

    JsonNode toDo = json("/api/overview").path("todo").path(0);
    assertThat(toDo.path("about").asText()).isEqualTo("lane default");
    assertThat(toDo.path("says").asText()).startsWith("paused: ");
    assertThat(json("/api/lanes").path(0).path("why").asText()).isNotEmpty();
  }

  @Test
  void isNotSentAgainToWhoeverHasIt() throws Exception {
    for (String path : new String[] {"/", "/api/overview", "/api/lanes", "/api/failed"}) {
      String tag = caller.get(path).headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = caller.send(caller.request(path).header("If-None-Match", tag));

      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void letsTheBrowserDoNothingButWhatComesFromHere() throws Exception {
    HttpResponse<String> page = caller.get("/");

    assertThat(page.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("://", "onclick", "style=");
    assertThat(caller.get("/console.js").headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(caller.get("/console.css").body()).contains("prefers-color-scheme");
  }

  @Test
  void showsNamesAsText() throws Exception {
    fail("<img src=x onerror=alert(1)>'\"&.jpg", "photo\u202Egpj.exe.jpg");

    String page = caller.get("/").body();
    assertThat(page)
        .doesNotContain("<img", "\u202E")
        .contains("&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;.jpg", "photo\\u202Egpj");
    assertThat(json("/api/failed").findValuesAsText("name"))
        .containsExactly("photo\\u202Egpj.exe.jpg", "<img src=x onerror=alert(1)>'\"&.jpg");
  }

  @Test
  void tellsWhyAFileFailedAsItsReasonDoes() throws Exception {
    fail("one.jpg");

    JsonNode file = json("/api/failed").path(0);
    assertThat(mediadrop.failed().resolve("default/one.jpg.reason.txt"))
        .content()
        .contains(
            file.path("what").asText(), file.path("fault").asText(), file.path("remedy").asText());
    assertThat(file.path("retry").asBoolean()).isTrue();
    assertThat(json("/api/overview").path("colour").asText()).isEqualTo("yellow");
  }

  @Test
  void putsBackWhatIsAskedForAndItArrives() throws Exception {
    fail("one.jpg", "two.jpg", "three.jpg");
    long id = json("/api/failed").path(2).path("id").asLong();

    JsonNode one = JSON.readTree(retry("{\"ids\": [%d]}".formatted(id)).body());
    assertThat(one.path("back").asInt()).isEqualTo(1);
    assertThat(one.path("files").findValuesAsText("name")).containsExactly("one.jpg");
    mediadrop.awaitFiled(1);
    assertThat(JSON.readTree(retry("{\"lane\": \"nobody\"}").body()).path("back").asInt()).isZero();
    assertThat(json("/api/failed")).hasSize(2);

    assertThat(JSON.readTree(retry("{\"all\": true}").body()).path("back").asInt()).isEqualTo(2);
    mediadrop.awaitFiled(3);
    assertThat(json("/api/failed")).isEmpty();
  }

  @Test
  void saysWhichFileStaysAndWhy() throws Exception {
    fail("one.jpg");
    Path taken = Files.createDirectory(mediadrop.drop().resolve("one.jpg"));

    JsonNode said = JSON.readTree(retry("{\"all\": true}").body());

    assertThat(said.path("left").asInt()).isEqualTo(1);
    assertThat(said.path("files").path(0).path("error").asText()).contains("rename one of them");
    assertThat(mediadrop.failed().resolve("default/one.jpg")).exists();
    Files.delete(taken);
  }

  @Test
  void putsNothingBackForWhoeverDoesNotAskProperly() throws Exception {
    fail("one.jpg");

    for (String body :
        new String[] {
          "", "{}", "[]", "all", "{\"ids\": [\"1\"]}", "{\"all\": false}", "{\"ids\": 1}"
        }) {
      assertThat(retry(body).statusCode()).as(body).isEqualTo(400);
    }
    HttpResponse<String> unproven =
        caller.send(caller.request("/api/retry").POST(BodyPublishers.ofString("{\"all\": true}")));
    assertThat(unproven.statusCode()).isEqualTo(403);
    assertThat(json("/api/failed")).hasSize(1);
  }
}
