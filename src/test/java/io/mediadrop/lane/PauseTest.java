package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Permission;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lanes, of two connections, one of which may not upload. */
class PauseTest {

  private static final String LANE =
      """
      - templatedRoute:
          routeId: %s
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: "%s"
            - name: connectionId
              value: "%s"
            - name: apiKey
              value: "%s"
      """;

  @TempDir Path home;
  @TempDir Path config;
  @TempDir Path alice;
  @TempDir Path bob;
  private String probe = "300ms";
  private LogLines log;
  private Sandbox sandbox;
  private Running running;

  @BeforeEach
  void start() throws Exception {
    log = new LogLines();
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, "conn_alice")
                .withConnection(Sandbox.KEY, "conn_bob"));
    run(Sandbox.KEY);
  }

  private void run(String key) throws Exception {
    Files.createDirectories(config.resolve("lanes"));
    Files.copy(
        Path.of("config/application.properties"),
        config.resolve("application.properties"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    lane("alice", alice, key);
    lane("bob", bob, key);
    running =
        Running.on(home)
            .impatiently()
            .with("mediadrop.pause.probe", probe)
            .config(config)
            .start(sandbox);
  }

  private void lane(String name, Path folder, String key) throws IOException {
    Files.writeString(
        config.resolve("lanes/" + name + ".camel.yaml"),
        LANE.formatted(name, folder, "conn_" + name, key));
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
    sandbox.close();
    log.close();
  }

  @Test
  void concernsOneConnectionAndEndsByItself() throws Exception {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a1.jpg"), 5000, 1);
    MediaFiles.write(alice.resolve("a2.jpg"), 5000, 2);
    awaitNote(alice);
    MediaFiles.write(bob.resolve("b.jpg"), 5000, 3);
    running.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("b.jpg");
    assertThat(bob.resolve("PAUSED.txt")).doesNotExist();
    assertThat(alice.resolve("PAUSED.txt"))
        .content()
        .contains("401 SESSION_EXPIRED", "log in again", "is mistyped", "goes on by itself");
    assertThat(Running.filesIn(alice)).contains("a1.jpg", "a2.jpg");

    sandbox.connection("conn_alice").reconnect();
    running.awaitFiled(3);
    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
    assertThat(log.warningsWith("Paused: ")).hasSize(1);
    assertThat(running.json("a1.jpg.media.json").path("attempts").asInt()).isOne();
  }

  @Test
  void endsAlsoWhereTheApiRefusesToBeAskedForAMediaThatNobodyHas() throws Exception {
    sandbox.faults().on(When.route(Route.CHECK), Faults.refuse(404, "RESOURCE_NOT_FOUND"));
    sandbox.faults().next(Route.INIT, Faults.refuse(401, "SESSION_EXPIRED"));
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    running.awaitFiled(1);

    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void makesNoUploadCallsWhileItLasts() {
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    long probes = calls(Route.CHECK);
    Running.patiently().until(() -> calls(Route.CHECK) >= probes + 3);

    assertThat(calls(Route.INIT)).isOne();
  }

  @Test
  void concernsOneLaneWhereItMayNotUpload() throws Exception {
    sandbox.connection("conn_alice").allow(Permission.READ);
    MediaFiles.write(alice.resolve("a.jpg"), 5000, 1);
    awaitNote(alice);
    MediaFiles.write(bob.resolve("b.jpg"), 5000, 2);
    running.awaitFiled(1);

    sandbox.connection("conn_alice").allow(Permission.READ, Permission.WRITE);
    running.awaitFiled(2);
    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void concernsAllLanesOfAWrongKeyAndIsSaidOnce() throws Exception {
    running.close();
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
    running.awaitFailed(9);
    long tried = calls(Route.INIT);
    // it is tried again after one, two and four intervals
    Running.patiently().until(() -> calls(Route.INIT) >= tried + 3);

    assertThat(running.drops("FAILED") + running.drops("FAILED_MOVED")).isEqualTo(9);
    assertThat(Running.filesIn(alice)).filteredOn(name -> name.endsWith(".jpg")).hasSize(6);
    assertThat(log.errors()).filteredOn(line -> line.startsWith("Paused: ")).hasSize(1);
    assertThat(log.all()).as("it has never gone on").noneMatch(line -> line.contains("Resumed"));

    sandbox.faults().clear();
    running.awaitFiled(6);
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
    running.close();
    probe = "1h";
    run(Sandbox.KEY);
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);
    assertThat(alice.resolve("PAUSED.txt")).content().contains("at once, delete this note");
    sandbox.connection("conn_alice").reconnect();
    Files.delete(alice.resolve("PAUSED.txt"));

    running.awaitFiled(1);
    assertThat(calls(Route.CHECK)).isZero();
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
    Pause pause = running.bean("lanes", Lanes.class).byName("alice").pause();
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
    Path precious = Files.writeString(config.resolve("precious.txt"), "precious");
    Files.createSymbolicLink(alice.resolve(".PAUSED.txt"), precious);
    sandbox.connection("conn_alice").expire();
    MediaFiles.write(alice.resolve("a.jpg"), 5000);
    awaitNote(alice);

    assertThat(precious).hasContent("precious");
    assertThat(alice.resolve("PAUSED.txt")).isRegularFile().content().contains("log in again");
  }

  @Test
  void isForgottenAtTheNextStart() throws Exception {
    running.close();
    Files.writeString(alice.resolve("PAUSED.txt"), "of yesterday");
    run(Sandbox.KEY);

    assertThat(alice.resolve("PAUSED.txt")).doesNotExist();
  }

  /** What was recorded for subscribers, one after the other. */
  private List<String> events() {
    return running
        .bean("ledgerDatabase", LedgerDatabase.class)
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT type FROM outbox WHERE subject = 'lane alice' ORDER BY number")
                    .mapTo(String.class)
                    .list());
  }

  private static void awaitNote(Path folder) {
    Running.patiently().until(() -> Files.exists(folder.resolve("PAUSED.txt")));
  }

  private long calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }
}
