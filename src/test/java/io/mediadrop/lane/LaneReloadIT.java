package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lanes come, change, break and go while mediadrop runs. */
class LaneReloadIT {

  @TempDir Path folder;
  private final CountDownLatch released = new CountDownLatch(1);
  private LogLines log;
  private Sandbox sandbox;
  private Running running;

  @BeforeEach
  void runWithOneLane() throws Exception {
    log = new LogLines();
    FaultScript held =
        new FaultScript().on(When.route(Route.WHOLE).connection("conn_bob").call(1), new Held());
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
                .withConnection(Sandbox.KEY, "conn_alice")
                .withConnection(Sandbox.KEY, "conn_anna")
                .withConnection(Sandbox.KEY, "conn_bob")
                .withFaults(held));
    Files.createDirectories(lanes());
    write("default", lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION));
    run();
  }

  private void run() throws Exception {
    running =
        Running.on(folder.resolve("home"))
            .impatiently()
            .config(folder.resolve("config"))
            .start(sandbox);
  }

  @AfterEach
  void stop() throws IOException {
    released.countDown();
    running.close();
    sandbox.close();
    log.close();
  }

  /** An upload that is under way until it is released. */
  private final class Held implements Fault {

    @Override
    public Answer answering(Answer answer, Exchange call) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return answer;
    }
  }

  private Path lanes() {
    return folder.resolve("config/lanes");
  }

  private Path drop(String lane) {
    return folder.resolve("home/drop").resolve(lane);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(lanes().resolve(file + ".camel.yaml"), text);
  }

  private static String lane(String name, String directory, String connection) {
    return """
    - templatedRoute:
        routeId: %s
        routeTemplateRef: folder-lane
        parameters:
          - name: directory
            value: "%s"
          - name: connectionId
            value: "%s"
    """
        .formatted(name, directory, connection);
  }

  private static String laneOf(String name) {
    return lane(name, "{{mediadrop.home}}/drop/" + name, "conn_" + name);
  }

  private void awaitLogged(String text) {
    Running.patiently().until(() -> log.all().stream().anyMatch(line -> line.contains(text)));
  }

  private long logged(String text) {
    return log.all().stream().filter(line -> line.contains(text)).count();
  }

  private long calls(String connection) {
    return sandbox.calls().stream().filter(call -> connection.equals(call.connection())).count();
  }

  @Test
  void takesEffectWithoutDisturbingAnUploadOnAnotherLane() throws Exception {
    write("bob", laneOf("bob"));
    awaitLogged("Lane bob watches");
    MediaFiles.write(drop("bob").resolve("held.jpg"), 5000, 1);
    Running.patiently().until(() -> running.drops("SENDING") == 1);

    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");
    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 2);
    running.awaitFiled(1);

    write("alice", laneOf("alice").replace("conn_alice", "conn_anna"));
    awaitLogged("Lane alice has changed and watches");
    MediaFiles.write(drop("alice").resolve("b.jpg"), 5000, 3);
    running.awaitFiled(2);

    write("alice", laneOf("alice").replace("folder-lane", "folder-line"));
    awaitLogged("alice.camel.yaml:3: lane alice: there is no route template 'folder-line'");
    MediaFiles.write(drop("alice").resolve("c.jpg"), 5000, 4);
    running.awaitFiled(3);

    write("alice", laneOf("alice"));
    awaitLogged("alice.camel.yaml is right again");
    Running.patiently().until(() -> logged("Lane alice has changed and watches") == 2);
    MediaFiles.write(drop("alice").resolve("d.jpg"), 5000, 5);
    running.awaitFiled(4);

    Files.delete(lanes().resolve("alice.camel.yaml"));
    awaitLogged("Lane alice is removed");
    assertThat(running.drops("SENDING")).as("bob's upload still runs").isOne();
    released.countDown();
    running.awaitFiled(5);

    assertThat(calls("conn_bob")).as("calls on bob's lane: init and one PUT").isEqualTo(2);
    assertThat(calls("conn_alice")).isEqualTo(4);
    assertThat(calls("conn_anna")).isEqualTo(4);
    assertThat(running.context().getRoute("alice")).isNull();
    assertThat(log.warningsWith("alice")).hasSize(1);
  }

  @Test
  void endsTheUploadOfALaneThatIsRemovedAndLeavesItsOtherFilesInPlace() throws Exception {
    write(
        "bob",
        laneOf("bob")
            .replace("parameters:", "parameters:\n      - name: concurrency\n        value: 1"));
    awaitLogged("Lane bob watches");
    MediaFiles.write(drop("bob").resolve("first.jpg"), 5000, 1);
    Running.patiently().until(() -> running.drops("SENDING") == 1);
    MediaFiles.write(drop("bob").resolve("second.jpg"), 5000, 2);

    Files.delete(lanes().resolve("bob.camel.yaml"));
    awaitLogged("Lane bob ends its uploads under way");
    released.countDown();
    awaitLogged("Lane bob is removed");

    assertThat(sandbox.uploads()).extracting("name").containsExactly("first.jpg");
    assertThat(calls("conn_bob")).isEqualTo(2);
    running.awaitFiled(1);
    // the lane around it still runs, and must not send bob's file with its own connection
    MediaFiles.write(running.drop().resolve("other.jpg"), 5000, 3);
    running.awaitFiled(2);
    assertThat(Running.filesIn(running.drop())).containsExactly("bob/second.jpg");

    write("bob", laneOf("bob"));
    running.awaitFiled(3);
    assertThat(calls("conn_bob")).isEqualTo(4);
    assertThat(calls(Sandbox.CONNECTION)).isEqualTo(2);
  }

  @Test
  void leavesTheFolderOfAMissingLaneAloneAfterTheNextStartToo() throws Exception {
    write("bob", laneOf("bob"));
    awaitLogged("Lane bob watches");
    running.close();
    Files.delete(lanes().resolve("bob.camel.yaml"));
    MediaFiles.write(drop("bob").resolve("b.jpg"), 5000, 1);
    MediaFiles.write(running.drop().resolve("other.jpg"), 5000, 2);
    run();
    running.awaitFiled(1);

    assertThat(log.warningsWith(drop("bob") + " was lane bob's and is left alone")).hasSize(1);
    assertThat(Running.filesIn(running.drop())).containsExactly("bob/b.jpg");
  }

  @Test
  void revivesWhatTheLedgerKnowsOfALaneThatReturns() throws Exception {
    sandbox
        .faults()
        .on(When.route(Route.INIT).connection("conn_alice"), Faults.refuse(503, "UNAVAILABLE"));
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");
    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 1);
    Running.patiently().until(() -> running.drops("WAITING") == 1);
    Files.delete(lanes().resolve("alice.camel.yaml"));
    awaitLogged("Lane alice is removed");
    sandbox.faults().clear();

    write("alice", laneOf("alice"));
    running.awaitFiled(1);

    assertThat(running.json("a.jpg.media.json").path("attempts").asInt()).isGreaterThan(1);
    assertThat(running.drops("GONE")).isZero();
  }

  @Test
  void leavesTheOtherLanesOfItsFileAlone() throws Exception {
    write("two", laneOf("alice") + laneOf("bob"));
    awaitLogged("Lane alice watches");
    awaitLogged("Lane bob watches");

    write("two", laneOf("alice") + laneOf("bob").replace("conn_bob", "conn_anna"));
    awaitLogged("Lane bob has changed");

    assertThat(logged("Lane alice ")).isOne();
  }

  @Test
  void goesBackToTheLaneAsItWasWhenTheNewOneCannotRun() throws Exception {
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");

    write("alice", laneOf("alice").replace("{{mediadrop.home}}", "/nowhere"));
    awaitLogged("Lane alice goes on as it was");
    assertThat(log.warningsWith("alice.camel.yaml:1: lane alice: the folder /nowhere/drop/alice"))
        .hasSize(1);

    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 1);
    running.awaitFiled(1);
  }

  @Test
  void takesUpALaneAsSoonAsWhatItLacksIsThere() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    write("alice", lane("alice", elsewhere.toString(), "{{alice.connection-id}}"));
    awaitLogged("alice.camel.yaml:1: lane alice: alice.connection-id is not set");

    Path secrets = folder.resolve("config/secrets.properties");
    Files.createFile(
        secrets,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secrets, "alice.connection-id = conn_alice\n");
    awaitLogged("the folder " + elsewhere + " does not exist");
    Files.createDirectory(elsewhere);
    awaitLogged("Lane alice watches");

    MediaFiles.write(elsewhere.resolve("a.jpg"), 5000, 1);
    running.awaitFiled(1);
    assertThat(calls("conn_alice")).isEqualTo(2);
  }

  @Test
  void refusesASecondLaneOfTheSameNameOrOnTheSameFolder() throws Exception {
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");
    Path link = Files.createSymbolicLink(folder.resolve("link"), drop("alice"));

    write("again", laneOf("alice").replace("conn_alice", "conn_anna"));
    awaitLogged("again.camel.yaml:1: there is a lane 'alice' already");
    write("linked", lane("linked", link.toString(), "conn_anna"));
    awaitLogged("linked.camel.yaml:1: lane linked: lanes alice and linked both watch");

    assertThat(running.context().getRoute("linked")).isNull();
    assertThat(running.bean("lanes", Lanes.class).byName("alice").getConnectionId())
        .isEqualTo("conn_alice");
  }

  @Test
  void forgetsACopyOfALaneThatIsDeleted() throws Exception {
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");
    String refused = "alice (1).camel.yaml:1: there is a lane 'alice' already";
    for (int copies = 1; copies <= 2; copies++) {
      write("alice (1)", laneOf("alice"));
      int told = copies;
      Running.patiently().until(() -> logged(refused) == told);

      Files.delete(lanes().resolve("alice (1).camel.yaml"));
      Path report = LaneReportFile.in(folder.resolve("home/data"));
      Running.patiently().until(() -> !Files.readString(report).contains("alice (1)"));
    }
  }

  @Test
  void forgetsWhatWasWrongWithALaneThatIsRightNow() throws Exception {
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");
    write("bob", lane("bob", drop("alice").toString(), "conn_bob"));
    awaitLogged("bob.camel.yaml:1: lane bob: lanes alice and bob both watch");
    awaitReport("both watch", true);

    write("bob", "\uFEFF" + laneOf("bob").replace("\n", "\r\n"));
    awaitLogged("Lane bob watches");
    awaitReport("both watch", false);
  }

  @Test
  void forgetsABrokenLaneThatIsDeleted() throws Exception {
    write("bob", lane("bob", "{{mediadrop.home}}/drop/bob", "{{bob.connection-id}}"));
    awaitReport("bob.connection-id is not set", true);

    Files.delete(lanes().resolve("bob.camel.yaml"));
    awaitReport("bob", false);
  }

  private void awaitReport(String text, boolean there) {
    Path report = LaneReportFile.in(folder.resolve("home/data"));
    Running.patiently().until(() -> Files.readString(report).contains(text) == there);
  }

  @Test
  void passesOverTheHiddenFilesOfEditorsAndOtherSystems() throws Exception {
    Files.createSymbolicLink(lanes().resolve(".#alice.camel.yaml"), Path.of("anna@host.4711"));
    write("._alice", "\0\5\26\7");
    write("alice", laneOf("alice"));
    awaitLogged("Lane alice watches");

    assertThat(log.warningsWith("camel.yaml")).isEmpty();
  }

  @Test
  void refusesALaneNamedLikeARouteOfTheBundle() throws Exception {
    write("bad", laneOf("deliver-file"));

    awaitLogged("bad.camel.yaml:1: there is another route 'deliver-file'");
  }

  @Test
  void reloadsNothingFromAFolderThatOthersCanChange() throws Exception {
    Files.setPosixFilePermissions(lanes(), PosixFilePermissions.fromString("rwxrwxr-x"));
    awaitLogged("chmod go-w " + lanes());
    Files.delete(lanes().resolve("default.camel.yaml"));
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000, 1);
    running.awaitFiled(1);

    Files.setPosixFilePermissions(lanes(), PosixFilePermissions.fromString("rwxr-xr-x"));
    awaitLogged("Lane default is removed");
  }
}
