package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Permission;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two lanes, of two connections, one of which may not upload. */
class PauseTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_bob"));
  private final WebhookEndpoint webhook = mediadrop.webhook();
  private final LogLines log = mediadrop.log();

  @TempDir Path alice;
  @TempDir Path bob;

  @BeforeEach
  void start() throws Exception {
    run(Sandbox.KEY);
  }

  private void run(String key) throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("alice", alice, "apiKey", key);
    lanes.add("bob", bob, "apiKey", key);
    mediadrop.start();
  }

  @Test
  void concernsOneConnectionAndEndsByItself() throws Exception {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a1.jpg"), 5000, 1);
    MediaFiles.write(alice.resolve("a2.jpg"), 5000, 2);
    awaitNote(alice);
    MediaFiles.write(bob.resolve("b.jpg"), 5000, 3);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("b.jpg");
    assertThat(bob.resolve("PAUSED.txt")).doesNotExist();
    assertThat(alice.resolve("PAUSED.txt"))
        .content()
        .contains("401 SESSION_EXPIRED", "log in again", "is mistyped", "goes on by itself");
    assertThat(Running.filesIn(alice)).contains("a1.jpg", "a2.jpg");

    sandbox.connection("conn_alice").reconnect();
    mediadrop.awaitFiled(3);
    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
    assertThat(log.warningsWith("Paused: ")).hasSize(1);
    assertThat(mediadrop.json("a1.jpg.media.json").path("attempts").asInt()).isOne();
  }

  @Test
  void endsAlsoWhereTheApiRefusesToBeAskedForAMediaThatNobodyHas() throws Exception {
    sandbox.faults().on(When.route(Route.CHECK), Faults.refuse(404, "RESOURCE_NOT_FOUND"));
    sandbox.faults().next(Route.INIT, Faults.refuse(401, "SESSION_EXPIRED"));
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    mediadrop.awaitFiled(1);

    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void makesNoUploadCallsWhileItLasts() {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    long probes = mediadrop.calls(Route.CHECK).size();
    Running.patiently().until(() -> mediadrop.calls(Route.CHECK).size() >= probes + 3);

    assertThat(mediadrop.calls(Route.INIT)).hasSize(1);
  }

  @Test
  void concernsOneLaneWhereItMayNotUpload() throws Exception {
    sandbox.connection("conn_alice").allow(Permission.READ);
    MediaFiles.write(alice.resolve("a.jpg"), 5000, 1);
    awaitNote(alice);
    MediaFiles.write(bob.resolve("b.jpg"), 5000, 2);
    mediadrop.awaitFiled(1);

    sandbox.connection("conn_alice").allow(Permission.READ, Permission.WRITE);
    mediadrop.awaitFiled(2);
    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void concernsAllLanesOfAWrongKeyAndIsSaidOnce() throws Exception {
    mediadrop.stop();
    run("sk_wrong");
    MediaFiles.write(alice.resolve("a.jpg"), 5000, 1);
    awaitNote(alice);
    awaitNote(bob);

    assertThat(log.warningsWith("Paused: lane alice, lane bob")).hasSize(1);
    assertThat(bob.resolve("PAUSED.txt")).content().contains("the lane's apiKey");
    assertThat(bob.resolve("PAUSED.txt")).content().doesNotContain("sk_wrong");
  }

  @Test
  void failsNoFurtherFileAfterTenRefusalsAlike() {
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(400, "INVALID_INPUT"));
    for (int n = 1; n <= 15; n++) {
      MediaFiles.write(alice.resolve("a" + n + ".jpg"), 5000, n);
    }
    awaitNote(alice);
    mediadrop.awaitFailed(9);
    long tried = mediadrop.calls(Route.INIT).size();
    // it is tried again after one, two and four intervals
    Running.patiently().until(() -> mediadrop.calls(Route.INIT).size() >= tried + 3);

    assertThat(mediadrop.drops("FAILED") + mediadrop.drops("FAILED_MOVED")).isEqualTo(9);
    assertThat(Running.filesIn(alice)).filteredOn(name -> name.endsWith(".jpg")).hasSize(6);
    assertThat(log.errors()).filteredOn(line -> line.startsWith("Paused: ")).hasSize(1);
    assertThat(log.all()).as("it has never gone on").noneMatch(line -> line.contains("Resumed"));

    sandbox.faults().clear();
    mediadrop.awaitFiled(6);
    Running.patiently().until(() -> events().contains("lane.resumed"));
    assertThat(events()).filteredOn("lane.paused"::equals).hasSize(1);
    assertThat(events()).filteredOn("lane.resumed"::equals).hasSize(1);
  }

  @Test
  void tellsOfItsEndAlsoWhereNoFileFollows() throws Exception {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    Files.delete(alice.resolve("a.jpg"));
    sandbox.connection("conn_alice").reconnect();

    Running.patiently().until(() -> events().size() == 2);
    assertThat(events()).containsExactly("lane.paused", "lane.resumed");
    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void endsAtOnceWhenItsNoteIsDeleted() throws Exception {
    mediadrop.stop();
    mediadrop.with("mediadrop.pause.probe", "1h");
    run(Sandbox.KEY);
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    assertThat(alice.resolve("PAUSED.txt")).content().contains("at once, delete this note");
    sandbox.connection("conn_alice").reconnect();
    Files.delete(alice.resolve("PAUSED.txt"));

    mediadrop.awaitFiled(1);
    assertThat(mediadrop.calls(Route.CHECK)).isEmpty();
  }

  @Test
  void isToldAnewWhenItComesBackAfterItsNoteWasDeleted() throws Exception {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    Running.patiently().until(() -> events().size() == 1);
    Files.delete(alice.resolve("PAUSED.txt"));

    Running.patiently().until(() -> events().size() >= 3);
    assertThat(events()).containsExactly("lane.paused", "lane.resumed", "lane.paused");
    assertThat(log.warningsWith("Paused: lane alice")).hasSize(2);
  }

  @Test
  void saysWhyItLastsWhenThatHasChanged() throws Exception {
    Pause pause = mediadrop.bean("lanes", Lanes.class).byName("alice").pause();
    pause.begin("401 SESSION_EXPIRED.", "Log in again.", () -> {});
    assertThat(pause.begin("401 UNAUTHORIZED.", "Check the key.", () -> {})).isFalse();

    assertThat(alice.resolve("PAUSED.txt"))
        .content()
        .contains("401 UNAUTHORIZED.", "Check the key.")
        .doesNotContain("SESSION_EXPIRED", "Log in again");
    assertThat(pause.reason()).isEqualTo("401 UNAUTHORIZED. Check the key.");
  }

  @Test
  void writesItsNoteThroughNoLink() throws Exception {
    Path precious =
        Files.writeString(mediadrop.folder("aside").resolve("precious.txt"), "precious");
    Files.createSymbolicLink(alice.resolve(".PAUSED.txt"), precious);
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);

    assertThat(precious).hasContent("precious");
    assertThat(alice.resolve("PAUSED.txt")).isRegularFile().content().contains("log in again");
  }

  @Test
  void isForgottenAtTheNextStart() throws Exception {
    mediadrop.stop();
    Files.writeString(alice.resolve("PAUSED.txt"), "of yesterday");
    run(Sandbox.KEY);

    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  /** What subscribers were told of the lane, one after the other. */
  private List<String> events() {
    return webhook.messages().stream()
        .filter(message -> message.data().path("lane").asText().equals("alice"))
        .map(WebhookEndpoint.Message::type)
        .filter(type -> type.startsWith("lane."))
        .toList();
  }

  private static void awaitNote(Path folder) {
    Running.patiently().until(() -> Files.exists(folder.resolve("PAUSED.txt")));
  }
}
