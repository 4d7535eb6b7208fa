package io.mediadrop.drop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Caller;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with sidecars in one running mediadrop; each test has names and contents of its own. */
class SidecarIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static WebhookEndpoint webhook;
  private static Sandbox sandbox;
  private static Running running;
  private static LogLines log;
  private static long seed;

  @BeforeAll
  static void start() throws Exception {
    log = new LogLines();
    webhook = new WebhookEndpoint();
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withPartSize(64 * 1024)
                .withMedia(
                    name ->
                        name.startsWith("faulty")
                            ? MediaBehaviour.atOnce().failing()
                            : name.startsWith("unfindable")
                                ? MediaBehaviour.atOnce().findable(Due.never())
                                : MediaBehaviour.atOnce()));
    Path config = Files.createDirectories(folder.resolve("config/lanes")).getParent();
    Files.copy(
        Path.of("config/lanes/default.camel.yaml"), config.resolve("lanes/default.camel.yaml"));
    Files.writeString(
        config.resolve("lanes/strict.camel.yaml"),
        """
        - templatedRoute:
            routeId: strict
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: "{{mediadrop.home}}/strict"
              - name: connectionId
                value: "{{mediadrop.api.connection-id}}"
              - name: sidecar
                value: required
        """);
    running =
        Running.on(folder.resolve("home"))
            .config(config)
            .impatiently()
            .with("mediadrop.notify.uri", webhook.uri())
            .with("mediadrop.drop.orphan-after", "2s")
            .start(sandbox);
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
    sandbox.close();
    webhook.close();
    log.close();
  }

  @Test
  void comesBackInTheEventAndTheReceiptAndGoesWithItsFile() throws Exception {
    String sidecar =
        "{\"reference\": \"order-17\", \"data\": {\"author\": \"alice\", \"n\": 1.10}}";
    drop("a.jpg", sidecar);

    JsonNode told = told("media.uploaded", "a.jpg");
    assertThat(told.path("reference").asText()).isEqualTo("order-17");
    assertThat(told.path("data").toString()).isEqualTo("{\"author\":\"alice\",\"n\":1.1}");
    Path original = running.archive().resolve(told.path("archived").asText());
    assertThat(original).exists();
    assertThat(beside(original)).hasContent(sidecar);
    JsonNode receipt = JSON.readTree(original.resolveSibling("a.jpg.media.json").toFile());
    assertThat(receipt.path("reference").asText()).isEqualTo("order-17");
    assertThat(receipt.path("data")).isEqualTo(told.path("data"));
    assertNothingIsLeftOf("a.jpg");
  }

  @Test
  void isNotNeeded() throws Exception {
    drop("plain.jpg", null);

    JsonNode told = told("media.uploaded", "plain.jpg");
    assertThat(told.path("reference").isNull()).isTrue();
    assertThat(told.path("data").isNull()).isTrue();
  }

  @Test
  void isNamedAsItsOriginalIs() throws Exception {
    drop("twice.jpg", "{\"reference\":\"first\"}");
    told("media.uploaded", "twice.jpg");
    drop("twice.jpg", "{\"reference\":\"second\"}");
    Running.patiently().until(() -> all("media.uploaded", "twice.jpg").size() == 2);

    JsonNode second = all("media.uploaded", "twice.jpg").get(1);
    assertThat(second.path("reference").asText()).isEqualTo("second");
    Path original = running.archive().resolve(second.path("archived").asText());
    assertThat(original).hasFileName("twice~2.jpg");
    assertThat(original.resolveSibling("twice~2.jpg.meta.json")).content().contains("second");
    assertThat(original.resolveSibling("twice.jpg.meta.json")).content().contains("first");
  }

  @Test
  void comesBackWithADuplicateAsTheDuplicatesOwn() throws Exception {
    Path first = drop("first.jpg", "{\"reference\":\"first\"}");
    byte[] content = Files.readAllBytes(first);
    told("media.uploaded", "first.jpg");
    Files.writeString(beside(in("second.jpg")), "{\"reference\":\"second\"}");
    Files.write(in("second.jpg"), content);

    JsonNode told = told("file.duplicate", "second.jpg");
    assertThat(told.path("reference").asText()).isEqualTo("second");
    Path original = running.archive().resolve(told.path("archived").asText());
    assertThat(beside(original)).content().contains("second");
    assertThat(original.resolveSibling("second.jpg.media.json")).content().contains("second");
    assertNothingIsLeftOf("second.jpg");
  }

  @Test
  void comesBackWhereTheApiCouldNotProcessTheMedia() throws Exception {
    drop("faulty.jpg", "{\"reference\":\"faulty-1\",\"data\":[1]}");

    for (String type : List.of("media.uploaded", "media.failed")) {
      JsonNode told = told(type, "faulty.jpg");
      assertThat(told.path("reference").asText()).isEqualTo("faulty-1");
      assertThat(told.path("data").toString()).isEqualTo("[1]");
    }
    assertThat(failed("faulty.jpg")).exists();
    assertThat(beside(failed("faulty.jpg"))).exists();
    assertNothingIsLeftOf("faulty.jpg");
  }

  @Test
  void comesBackWhereTheFileIsNotUploaded() throws Exception {
    Files.writeString(beside(in("no.txt")), "{\"reference\":\"no-1\",\"data\":\"x\"}");
    Files.writeString(in("no.txt"), "no media at all");

    JsonNode told = told("file.failed", "no.txt");
    assertThat(told.path("reference").asText()).isEqualTo("no-1");
    assertThat(told.path("data").asText()).isEqualTo("x");
    assertThat(failed("no.txt")).exists();
    assertThat(beside(failed("no.txt"))).exists();
    assertThat(reasonOf("no.txt")).contains("move no.txt, and its sidecar no.txt.meta.json, back");
    assertNothingIsLeftOf("no.txt");
  }

  @Test
  void isWaitedForWhereTheLaneNeedsIt() throws Exception {
    Path photo = MediaFiles.write(folder.resolve("home/strict/strict.jpg"), 5000, ++seed);
    Running.patiently().until(() -> !log.warningsWith("strict.jpg").isEmpty());
    assertThat(log.warningsWith("strict.jpg"))
        .allMatch(line -> line.contains("put strict.jpg.meta.json beside it"));
    assertThat(photo).exists();

    Files.writeString(beside(photo), "{\"reference\":\"at last\"}");
    JsonNode told = told("media.uploaded", "strict.jpg");
    assertThat(told.path("reference").asText()).isEqualTo("at last");
    assertThat(log.warningsWith("strict.jpg")).hasSize(1);
  }

  @Test
  void goesToFailedWhereItsFileNeverComes() throws Exception {
    Files.createDirectories(in("trip"));
    Files.writeString(in("trip/lost.jpg.meta.json"), "{\"reference\":\"lost\"}");
    Path there = running.failed().resolve("default/trip/lost.jpg.meta.json");
    Running.patiently()
        .until(() -> Files.exists(there) && !Files.exists(in("trip/lost.jpg.meta.json")));

    assertThat(there.resolveSibling("lost.jpg.meta.json.reason.txt"))
        .content()
        .contains("there was no file lost.jpg beside it")
        .hasLineCount(4);
    // it is said once it lies there
    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(log.errors())
                    .anyMatch(
                        line ->
                            line.contains(
                                "trip/lost.jpg.meta.json was not used: see failed/default/trip/lost.jpg.meta.json.reason.txt")));

    Files.move(there, in("trip/lost.jpg.meta.json"));
    MediaFiles.write(in("trip/lost.jpg"), 5000, ++seed);
    assertThat(told("media.uploaded", "trip/lost.jpg").path("reference").asText())
        .isEqualTo("lost");
    assertThat(there.resolveSibling("lost.jpg.meta.json.reason.txt")).doesNotExist();
  }

  @Test
  void goesToANumberedFolderWhereAFileHasTheFoldersName() throws Exception {
    Path failed = Files.createDirectories(running.failed().resolve("default"));
    Files.writeString(failed.resolve("file"), "no folder");
    Files.createDirectories(in("file"));
    Files.writeString(in("file/lost.jpg.meta.json"), "{\"reference\":\"lost\"}");

    Running.patiently().until(() -> Files.exists(failed.resolve("file~2/lost.jpg.meta.json")));
  }

  @Test
  void sendsItsFileToFailedWhereItIsWrong() throws Exception {
    drop("wrong.jpg", "{\"reference\": 17}");

    JsonNode told = told("file.failed", "wrong.jpg");
    assertThat(told.path("reference").isNull()).isTrue();
    assertThat(reasonOf("wrong.jpg"))
        .contains("Its sidecar wrong.jpg.meta.json is wrong: reference is a number, not a text.")
        .contains("whoever wrote the sidecar")
        .contains("write a text of at most 500 characters")
        .hasLineCount(4);
    assertThat(Running.filesIn(running.failed().resolve("default")))
        .filteredOn(file -> file.startsWith("wrong.jpg"))
        .containsExactly("wrong.jpg", "wrong.jpg.meta.json", "wrong.jpg.reason.txt");
    assertThat(sandbox.uploads()).extracting("name").doesNotContain("wrong.jpg");

    Files.delete(beside(failed("wrong.jpg")));
    Files.writeString(beside(in("wrong.jpg")), "{\"reference\": \"17\"}");
    Files.move(failed("wrong.jpg"), in("wrong.jpg"));
    assertThat(told("media.uploaded", "wrong.jpg").path("reference").asText()).isEqualTo("17");
    Running.patiently()
        .until(() -> !Files.exists(running.failed().resolve("default/wrong.jpg.reason.txt")));
  }

  @Test
  void isWrongAgainWhereBothAreDraggedBackAsTheyWere() throws Exception {
    drop("stubborn.jpg", "[".repeat(70_000));
    told("file.failed", "stubborn.jpg");
    Files.move(beside(failed("stubborn.jpg")), beside(in("stubborn.jpg")));
    Files.move(failed("stubborn.jpg"), in("stubborn.jpg"));

    Running.patiently().until(() -> all("file.failed", "stubborn.jpg").size() == 2);
    assertThat(failed("stubborn.jpg")).exists();
    assertThat(beside(failed("stubborn.jpg"))).hasSize(70_000);
    assertThat(reasonOf("stubborn.jpg")).contains("it has 70000 bytes, more than 65536");
  }

  @Test
  void isDataAndNothingElse() throws Exception {
    String text = "${env:PATH} $simple{exchangeId} {{mediadrop.home}} \u202E\u0007 %n <b>";
    String data = JSON.writeValueAsString(List.of(text, "d".repeat(7_800)));
    drop(
        "hostile ${header.x} {{y}}.jpg",
        "{\"reference\":%s,\"data\":%s}".formatted(JSON.writeValueAsString(text), data));

    JsonNode told = told("media.uploaded", "hostile ${header.x} {{y}}.jpg");
    assertThat(told.path("reference").asText()).isEqualTo(text);
    assertThat(told.path("data").toString()).isEqualTo(data);
    assertThat(told.has("truncated")).isFalse();
  }

  @Test
  void comesBackWholeWhereALongPathIsCut() throws Exception {
    Path deep = in("\u0001".repeat(200));
    for (int n = 0; n < 8; n++) {
      deep = deep.resolve("\u0001".repeat(200));
    }
    Files.createDirectories(deep);
    String data = "[\"" + "d".repeat(7_990) + "\"]";
    Files.writeString(deep.resolve("long.jpg.meta.json"), "{\"data\":" + data + "}");
    MediaFiles.write(deep.resolve("long.jpg"), 5000, ++seed);

    Running.patiently().until(() -> webhook.messages().stream().anyMatch(SidecarIT::isCut));
    WebhookEndpoint.Message cut =
        webhook.messages().stream().filter(SidecarIT::isCut).findFirst().orElseThrow();
    assertThat(cut.body()).hasSizeLessThan(20_000);
    assertThat(cut.data().path("data").toString()).isEqualTo(data);
  }

  private static boolean isCut(WebhookEndpoint.Message message) {
    return message.data().has("truncated");
  }

  @Test
  void countsAsItWasWhenItsFileWasTaken() throws Exception {
    sandbox.faults().next(Route.WHOLE, Faults.slowAnswer(Duration.ofSeconds(1)));
    Path photo = drop("changing.jpg", "{\"reference\":\"before\"}");
    Running.patiently()
        .until(() -> sandbox.uploads().stream().anyMatch(u -> u.name().equals("changing.jpg")));
    Files.writeString(beside(photo), "{\"reference\":\"after, which is longer\"}");

    assertThat(told("media.uploaded", "changing.jpg").path("reference").asText())
        .isEqualTo("before");
    Running.patiently().until(() -> Files.exists(beside(failed("changing.jpg"))));
    assertThat(beside(failed("changing.jpg"))).content().contains("after");
    assertThat(log.warningsWith("changing.jpg: its sidecar is gone or was changed")).hasSize(1);
  }

  @Test
  void countsAnewWhereAnotherFileHasTakenThePlaceOfOneThatWaits() throws Exception {
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "NETWORK_ERROR"));
    Path photo = drop("replaced.jpg", "{\"reference\":\"before\"}");
    Running.patiently().until(() -> running.drops("WAITING") == 1);
    Path next = MediaFiles.write(folder.resolve("next.jpg"), 5000, ++seed);
    Files.writeString(beside(photo), "{\"reference\":\"after\"}");
    Files.move(next, photo, StandardCopyOption.ATOMIC_MOVE);
    sandbox.faults().clear();

    JsonNode told = told("media.uploaded", "replaced.jpg");
    assertThat(told.path("reference").asText()).isEqualTo("after");
    assertThat(beside(running.archive().resolve(told.path("archived").asText())))
        .content()
        .contains("after");
  }

  @Test
  void bringsItsFileIntoASessionThatSomebodyElseHasOpened() throws Exception {
    String session = Caller.of(sandbox).open(5000);
    drop("given.jpg", "{\"mediaUploadId\":\"%s\",\"reference\":\"chat-1\"}".formatted(session));

    JsonNode told = told("media.uploaded", "given.jpg");
    assertThat(told.path("mediaUploadId").asText()).isEqualTo(session);
    assertThat(told.path("reference").asText()).isEqualTo("chat-1");
    assertThat(sandbox.uploads())
        .filteredOn(upload -> upload.mediaUploadId().equals(session))
        .singleElement()
        .satisfies(upload -> assertThat(upload.whole()).isTrue());
    assertThat(puts(session)).hasSize(1);
    assertThat(sandbox.uploads()).extracting("name").doesNotContain("given.jpg");
  }

  @Test
  void isAdoptedFromAGivenSessionWhereTheApiKnowsIt() throws Exception {
    String session = Caller.of(sandbox).open(5000);
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    drop("adopted.jpg", "{\"mediaUploadId\":\"%s\"}".formatted(session));

    assertThat(told("media.uploaded", "adopted.jpg").path("adopted").asBoolean()).isTrue();
    assertThat(puts(session)).hasSize(1);
  }

  @Test
  void holdsItsFileWhereTheAnswerIsLostAndSendsNothingTwice() throws Exception {
    String session = Caller.of(sandbox).open("unfindable.jpg", 5000);
    sandbox.faults().next(Route.WHOLE, Faults.answerLost());
    drop("held.jpg", "{\"mediaUploadId\":\"%s\"}".formatted(session));

    told("file.failed", "held.jpg");
    assertThat(reasonOf("held.jpg"))
        .contains("Outcome unknown")
        .contains("write the mediaUploadId of a new session into the sidecar, or take it out");
    assertThat(puts(session)).hasSize(1);

    Files.move(beside(failed("held.jpg")), beside(in("held.jpg")));
    Files.move(failed("held.jpg"), in("held.jpg"));
    Running.patiently().until(() -> all("file.failed", "held.jpg").size() == 2);
    assertThat(reasonOf("held.jpg")).contains("was used before");
    assertThat(puts(session)).hasSize(1);

    Files.writeString(beside(in("held.jpg")), "{\"reference\":\"own session\"}");
    Files.move(failed("held.jpg"), in("held.jpg"));
    told("media.uploaded", "held.jpg");
    assertThat(puts(session)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload:not-there", "parts"})
  void holdsItsFileWhereTheSessionIsNotOneForIt(String name) throws Exception {
    String session = name.equals("parts") ? Caller.of(sandbox).open(200_000) : name;
    String file = name.replace(':', '-') + ".jpg";
    long inits = calls(Route.INIT);
    drop(file, "{\"mediaUploadId\":\"%s\"}".formatted(session));

    told("file.failed", file);
    assertThat(reasonOf(file)).contains("Outcome unknown");
    assertThat(beside(failed(file))).exists();
    assertThat(puts(session)).hasSize(1);
    assertThat(calls(Route.INIT)).isEqualTo(inits);
  }

  @Test
  void isUsedByOneFileWhereTwoNameTheSameSession() throws Exception {
    String session = Caller.of(sandbox).open(5000);
    String sidecar = "{\"mediaUploadId\":\"%s\"}".formatted(session);
    drop("one.jpg", sidecar);
    drop("two.jpg", sidecar);
    Running.patiently()
        .until(
            () ->
                Stream.of("one.jpg", "two.jpg")
                        .mapToInt(
                            file ->
                                all("media.uploaded", file).size()
                                    + all("file.failed", file).size())
                        .sum()
                    == 2);

    assertThat(puts(session)).hasSize(1);
    assertThat(all("file.failed", "one.jpg").size() + all("file.failed", "two.jpg").size()).isOne();
  }

  /** Puts a sidecar, if there is one, and then its file into the folder. */
  private static Path drop(String name, String sidecar) throws IOException {
    if (sidecar != null) {
      Files.writeString(beside(in(name)), sidecar);
    }
    return MediaFiles.write(in(name), 5000, ++seed);
  }

  private static Path in(String name) {
    return running.drop().resolve(name);
  }

  private static Path failed(String name) {
    return running.failed().resolve("default").resolve(name);
  }

  private static Path beside(Path media) {
    return media.resolveSibling(media.getFileName() + ".meta.json");
  }

  private static String reasonOf(String name) throws IOException {
    return Files.readString(running.failed().resolve("default/" + name + ".reason.txt"));
  }

  private static JsonNode told(String type, String file) {
    Running.patiently().until(() -> !all(type, file).isEmpty());
    return all(type, file).get(0);
  }

  private static List<JsonNode> all(String type, String file) {
    return webhook.messages().stream()
        .filter(message -> message.type().equals(type))
        .map(WebhookEndpoint.Message::data)
        .filter(data -> data.path("file").asText().equals(file))
        .toList();
  }

  private static List<Call> puts(String session) {
    String path = "/v2/access/uploads/" + session.replace(":", "%3A");
    return sandbox.calls().stream()
        .filter(call -> call.method().equals("PUT") && call.path().equals(path))
        .toList();
  }

  private static long calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }

  private static void assertNothingIsLeftOf(String name) {
    assertThat(Running.filesIn(running.drop())).noneMatch(file -> file.startsWith(name));
  }
}
