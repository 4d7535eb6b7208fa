package io.mediadrop.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediadrop.cli.Called;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SandboxCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Thread running;

  private CommandLine command() {
    return new CommandLine(new SandboxCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));
  }

  private String[] start(String... options) {
    running = new Thread(() -> command().execute(options));
    running.start();
    await().until(() -> out.toString().contains("connection"));
    return out.toString().split("\n");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (running != null) {
      running.interrupt();
      running.join();
    }
  }

  private static String post(String url, String json) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(json)));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    request.headers("apiKey", "sk_sandbox_demo", "x-connection-id", "conn_demo");
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  @Test
  void saysWhereItIsAndLogsUploadsAtOnce(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("uploads.jsonl");
    String[] lines = start("--log", log.toString(), "--single-plan", "whole");
    assertThat(lines[0]).matches("base URL +http://127\\.0\\.0\\.1:\\d+\\s*");
    assertThat(lines[1]).matches("key +sk_sandbox_demo\\s*");
    assertThat(lines[2]).matches("connection +conn_demo\\s*");

    String base = lines[0].replaceAll(".* ", "").strip();
    String plan =
        post(
            base + "/v2/access/uploads/init",
            "{\"filename\":\"a.jpg\",\"size\":5,\"contentType\":\"image/jpeg\"}");
    String url = plan.replaceAll(".*\"uploadUrl\":\"([^\"]+)\".*", "$1");
    send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString("hello")));

    assertThat(Files.readAllLines(log)).hasSize(1);
    assertThat(Files.readString(log))
        .contains("\"name\":\"a.jpg\"")
        .contains("\"md5\":\"5d41402abc4b2a76b9719d911017c592\"")
        .contains("\"connection\":\"conn_demo\"");
  }

  @Test
  void takesFaultsAndOwnConnections() throws Exception {
    String[] lines =
        start("--fault", "check#1=503", "--connection", "conn_demo=sk_sandbox_demo", "--plan=both");
    String check = lines[0].replaceAll(".* ", "").strip() + "/v2/access/uploads/check";
    String body = "{\"etag\":\"x\",\"size\":1}";

    assertThat(post(check, body)).contains("UNKNOWN_ERROR");
    assertThat(post(check, body)).contains("\"exists\":false");
  }

  @Test
  void letsEachFaultChooseItsOwnCalls() throws Exception {
    String[] lines = start("--fault", "check%0.4=503:FIRST", "--fault", "check%0.4=500:SECOND");
    String check = lines[0].replaceAll(".* ", "").strip() + "/v2/access/uploads/check";

    StringBuilder answers = new StringBuilder();
    for (int call = 0; call < 25; call++) {
      answers.append(post(check, "{\"etag\":\"x\",\"size\":1}"));
    }
    assertThat(answers).contains("FIRST").contains("SECOND").contains("exists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fault=nonsense", "--part-size=big", "--plan=x", "--port=x"})
  void refusesWhatItDoesNotUnderstand(String option) {
    assertThat(command().execute(option)).isEqualTo(2);
    assertThat(err.toString()).contains(option.split("=")[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "--port=99999, out of range",
    "--part-size=0, at least 1 byte",
    "--rate-burst=-1, burst >= 1",
    "--media-ready=soon, 'now, never, used'",
    "--media-ready=x, 'now, never, used'",
    "--clock-skew=soon, a time like 5s",
    "--session-lifetime=5q, a time like 5s",
    "--log=/nowhere/uploads.jsonl, may be written",
    "--part-size=big, a size like 5MiB",
    "--fault=put#3=503, 'complete, whole, part'",
    "--fault=part=page, 'page:STATUS'",
    "--fault=part=page:x, a whole number",
    "--fault=part=lost, answer-lost",
    "--fault=part=delay:soon, like 100ms",
    "--fault=part%5=503, from 0 to 1"
  })
  void saysInOneLineWhatCanBeWritten(String option, String remedy) {
    Called called = Called.with(Map.of(), Stream.of("sandbox", option));

    assertThat(called.exitCode()).isEqualTo(2);
    assertThat(called.err()).hasSize(1);
    assertThat(called.err().get(0)).containsIgnoringCase(remedy).doesNotContain("Exception");
  }

  @Test
  void saysThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(command().execute("--port=" + taken.getLocalPort())).isEqualTo(2);
      assertThat(err.toString()).contains("--port " + taken.getLocalPort());
    }
  }

  @Test
  void explainsItself() {
    assertThat(command().execute("--help")).isZero();
    assertThat(out.toString()).contains("--rate-per-minute").contains("part%0.05=503");
    assertThat(out.toString()).contains("[%CHANCE]", "vault-media", "close-afterwards");
  }
}
