package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.net.RawServer;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Something that stands before the API answers in its place. */
class GatewayPageTest {

  private static final String HTML = "text/html; charset=utf-8";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  private record Page(int status, String type, String text, String told) {}

  private static final List<Page> PAGES =
      List.of(
          new Page(200, HTML, hotel(), "status 200 with text/html, \"Hotel WiFi: Welcome, guest!"),
          new Page(200, "text/html", "", "status 200 with text/html, without a word"),
          new Page(200, "text/plain", "OK", "\"OK\""),
          new Page(200, "application/xml", "<?xml version='1.0'?><ok>fine</ok>", "\"fine\""),
          new Page(204, "text/plain", "", "status 204"),
          new Page(
              403,
              HTML,
              "<title>Just a moment...</title><p>Checking if the site connection is secure",
              "status 403 with text/html, \"Just a moment...: Checking if"),
          new Page(403, "text/plain", "RBAC: access denied", "\"RBAC: access denied\""),
          new Page(401, HTML, "<h1>401 Authorization Required</h1>", "401 Authorization Required"),
          new Page(400, HTML, "<h1>400 Bad Request</h1>", "status 400"),
          new Page(402, HTML, "<b>Your organization's quota", "status 402"),
          new Page(407, HTML, "<b>Log in to the proxy</b>", "status 407"),
          new Page(200, HTML, "<p>" + Sandbox.KEY + " " + Sandbox.CONNECTION, "(secret) (secret)"));

  private static String hotel() {
    return "<!DOCTYPE html><html><head><title>Hotel WiFi</title><style>b{}</style></head><body>"
        + "<script>var x = '<b>';</script><b>Welcome,\r\n guest!</b> "
        + "Please log in. ".repeat(100);
  }

  @Test
  void isAnOutageThatIsToldOnceWithWhatCameAndItsEnd() throws Exception {
    mediadrop.impatiently().start();
    int files = 0;
    for (Page page : PAGES) {
      try (LogLines log = new LogLines()) {
        int calls = sandbox.calls().size();
        sandbox
            .faults()
            .on(
                When.anyCall(),
                Faults.answer(Answer.text(page.status(), page.type(), page.text())));
        for (int i = 0; i < 2; i++) {
          mediadrop.put(files + ".jpg", 1_000, files++);
        }
        Running.patiently().until(() -> sandbox.calls().size() >= calls + 8);

        assertThat(log.warnings()).as(page.told()).hasSize(1);
        assertThat(log.warnings().get(0))
            .contains("The API cannot be reached", page.told(), "go on by themselves")
            .doesNotContain("<", "var x", Sandbox.KEY, Sandbox.CONNECTION)
            .hasSizeLessThan(320);
        assertThat(Running.filesIn(mediadrop.failed())).isEmpty();

        sandbox.faults().clear();
        mediadrop.awaitFiled(files);
        assertThat(log.all()).containsOnlyOnce("The API answers again");
        assertThat(sandbox.uploads()).hasSize(files);
      }
    }
  }

  @Test
  void saysItsFirstWordsWhereItsStatusIsAnOutageAnyway() throws Exception {
    LogLines log = mediadrop.log();
    mediadrop.impatiently().start();
    for (int status : List.of(502, 511, 520, 522)) {
      sandbox
          .faults()
          .next(
              Route.INIT, Faults.answer(Answer.text(status, HTML, "<h1>Sorry</h1><hr>nginx/1.25")));
      mediadrop.put(status + ".jpg", 1_000, status);
      Running.patiently().until(() -> mediadrop.drops("FILED") == sandbox.uploads().size());
      Running.patiently()
          .until(
              () ->
                  !log.warningsWith("the API answered " + status + ": Sorry nginx/1.25").isEmpty());
    }
    mediadrop.awaitFiled(4);
  }

  @Test
  void pausesOnceWhereItLeadsElsewhere() throws Exception {
    mediadrop.impatiently().start();
    int files = 0;
    for (int status : List.of(301, 302, 303, 307, 308)) {
      try (LogLines log = new LogLines()) {
        int calls = sandbox.calls().size();
        sandbox
            .faults()
            .on(
                When.anyCall(),
                Faults.redirect(status, "http://portal.hotel.example/login?token=s3cret"));
        mediadrop.put(status + ".jpg", 1_000, status);
        Running.patiently().until(() -> sandbox.calls().size() >= calls + 3);

        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().get(0))
            .contains("answered " + status, "it points to portal.hotel.example")
            .contains("login page of a network")
            .doesNotContain("s3cret");
        sandbox.faults().clear();
        mediadrop.awaitFiled(++files);
        assertThat(sandbox.uploads()).hasSize(files);
      }
    }
  }

  private interface Form {
    byte[] of(String json);
  }

  private static byte[] gzipped(String json) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  private static Form in(Charset charset) {
    return json -> json.getBytes(charset);
  }

  private static final String JSON = "Content-Type: application/json";

  private static final Map<String, Form> FORMS =
      Map.of(
          JSON + "\r\nContent-Encoding: gzip\r\n",
          GatewayPageTest::gzipped,
          JSON + "\r\ncontent-encoding: X-GZIP\r\n",
          GatewayPageTest::gzipped,
          JSON + "; charset=ISO-8859-1\r\n",
          in(StandardCharsets.ISO_8859_1),
          JSON + ";charset=\"windows-1252\"\r\n",
          in(Charset.forName("windows-1252")),
          // what many servers say of UTF-8
          "Content-Type: text/html; charset=ISO-8859-1\r\n",
          in(StandardCharsets.UTF_8),
          JSON + "; charset=nonsense\r\n",
          in(StandardCharsets.UTF_8),
          "",
          in(StandardCharsets.UTF_16));

  @Test
  void mayChangeTheFormOfItsAnswers() throws Exception {
    RawServer api = mediadrop.closing(new RawServer());
    LogLines log = mediadrop.log();
    mediadrop.with("mediadrop.api.base-url", "http://127.0.0.1:" + api.port()).start();
    int files = 0;
    for (Map.Entry<String, Form> form : FORMS.entrySet()) {
      String id = "upload:" + ++files;
      api.answering(call -> answer(call, form.getKey(), form.getValue(), id));
      String name = "file" + files + ".jpg";
      mediadrop.put(name, 1_000, files);
      mediadrop.awaitFiled(files);

      assertThat(mediadrop.json(name + ".media.json").at("/response/media/title").asText())
          .as(form.getKey())
          .isEqualTo("Été");
    }
    assertThat(log.warnings()).isEmpty();
  }

  private static byte[] answer(RawServer.Request call, String headers, Form form, String id) {
    String json =
        call.line().contains("/init")
            ? "{\"mediaUploadId\":\"%s\"}"
            : "{\"mediaUploadId\":\"%s\",\"media\":{\"id\":7,\"isReady\":true,\"title\":\"Été\"}}";
    return RawServer.answer(200, "OK", headers, form.of(json.formatted(id)));
  }

  @Test
  void isNoAnswerWhereItIsPackedInAnotherWay() throws Exception {
    LogLines log = mediadrop.log();
    mediadrop.impatiently().start();
    sandbox
        .faults()
        .next(
            Route.INIT,
            Faults.answer(
                Answer.text(200, "application/json", "xyz").withHeader("Content-Encoding", "br")));
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);

    assertThat(log.warningsWith("it is packed (br), which nobody asked for")).hasSize(1);
  }
}
