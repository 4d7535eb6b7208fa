package io.mediadrop.lane;

import static io.mediadrop.kit.WrittenLanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of lanes come, change, break and go while mediadrop runs. */
class LaneReloadIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_anna")
              .withConnection(Sandbox.KEY, "conn_bob"));
  private final LogLines log = mediadrop.log();
  private final WrittenLanes lanes = mediadrop.lanes();

  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void runWithOneLane() throws Exception {
    sandbox.faults().on(When.route(Route.WHOLE).connection("conn_bob").call(1), new Held());
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION));
    mediadrop.start();
  }

  @AfterEach
  void stop() throws IOException {
    released.countDown();
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

  private Path drop(String lane) {
    return mediadrop.drop().resolve(lane);
  }

  private static String laneOf(String name) {
    return lane(name, "{{mediadrop.home}}/drop/" + name, "conn_" + name);
  }

  private long calls(String connection) {
    return sandbox.calls().stream().filter(call -> connection.equals(call.connection())).count();
  }

  @Test
  void takesEffectWithoutDisturbingAnUploadOnAnotherLane() throws Exception {
    lanes.write("bob", laneOf("bob"));
    log.await("Lane bob watches");
    MediaFiles.write(drop("bob").resolve("held.jpg"), 5000, 1);
    Running.patiently().until(() -> mediadrop.drops("SENDING") == 1);

    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");
    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 2);
    mediadrop.awaitFiled(1);

    lanes.write("alice", laneOf("alice").replace("conn_alice", "conn_anna"));
    log.await("Lane alice has changed and watches");
    MediaFiles.write(drop("alice").resolve("b.jpg"), 5000, 3);
    mediadrop.awaitFiled(2);

    lanes.write("alice", laneOf("alice").replace("folder-lane", "folder-line"));
    log.await("alice.camel.yaml:3: lane alice: there is no route template 'folder-line'");
    MediaFiles.write(drop("alice").resolve("c.jpg"), 5000, 4);
    mediadrop.awaitFiled(3);

    lanes.write("alice", laneOf("alice"));
    log.await("alice.camel.yaml is right again");
    Running.patiently().until(() -> log.with("Lane alice has changed and watches").size() == 2);
    MediaFiles.write(drop("alice").resolve("d.jpg"), 5000, 5);
    mediadrop.awaitFiled(4);

    lanes.remove("alice");
    log.await("Lane alice is removed");
    assertThat(mediadrop.drops("SENDING")).as("bob's upload still runs").isOne();
    released.countDown();
    mediadrop.awaitFiled(5);

    assertThat(calls("conn_bob")).as("calls on bob's lane: init and one PUT").isEqualTo(2);
    assertThat(calls("conn_alice")).isEqualTo(4);
    assertThat(calls("conn_anna")).isEqualTo(4);
    assertThat(mediadrop.context().getRoute("alice")).isNull();
    assertThat(log.warningsWith("alice")).hasSize(1);
  }

  @Test
  void endsTheUploadOfALaneThatIsRemovedAndLeavesItsOtherFilesInPlace() throws Exception {
    lanes.write(
        "bob",
        laneOf("bob")
            .replace("parameters:", "parameters:\n      - name: concurrency\n        value: 1"));
    log.await("Lane bob watches");
    MediaFiles.write(drop("bob").resolve("first.jpg"), 5000, 1);
    Running.patiently().until(() -> mediadrop.drops("SENDING") == 1);
    MediaFiles.write(drop("bob").resolve("second.jpg"), 5000, 2);

    lanes.remove("bob");
    log.await("Lane bob ends its uploads under way");
    released.countDown();
    log.await("Lane bob is removed");

    assertThat(sandbox.uploads()).extracting("name").containsExactly("first.jpg");
    assertThat(calls("conn_bob")).isEqualTo(2);
    mediadrop.awaitFiled(1);
    // the lane around it still runs, and must not send bob's file with its own connection
    mediadrop.put("other.jpg", 5000, 3);
    mediadrop.awaitFiled(2);
    assertThat(Running.filesIn(mediadrop.drop())).containsExactly("bob/second.jpg");

    lanes.write("bob", laneOf("bob"));
    mediadrop.awaitFiled(3);
    assertThat(calls("conn_bob")).isEqualTo(4);
    assertThat(calls(Sandbox.CONNECTION)).isEqualTo(2);
  }

  @Test
  void leavesTheFolderOfAMissingLaneAloneAfterTheNextStartToo() throws Exception {
    lanes.write("bob", laneOf("bob"));
    log.await("Lane bob watches");
    mediadrop.stop();
    lanes.remove("bob");
    MediaFiles.write(drop("bob").resolve("b.jpg"), 5000, 1);
    mediadrop.put("other.jpg", 5000, 2);
    mediadrop.start();
    mediadrop.awaitFiled(1);

    assertThat(log.warningsWith(drop("bob") + " was lane bob's and is left alone")).hasSize(1);
    assertThat(Running.filesIn(mediadrop.drop())).containsExactly("bob/b.jpg");
  }

  @Test
  void revivesWhatTheLedgerKnowsOfALaneThatReturns() throws Exception {
    sandbox
        .faults()
        .on(When.route(Route.INIT).connection("conn_alice"), Faults.refuse(503, "UNAVAILABLE"));
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");
    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 1);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    lanes.remove("alice");
    log.await("Lane alice is removed");
    sandbox.faults().clear();

    lanes.write("alice", laneOf("alice"));
    mediadrop.awaitFiled(1);

    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isGreaterThan(1);
    assertThat(mediadrop.drops("GONE")).isZero();
  }

  @Test
  void leavesTheOtherLanesOfItsFileAlone() throws Exception {
    lanes.write("two", laneOf("alice") + laneOf("bob"));
    log.await("Lane alice watches");
    log.await("Lane bob watches");

    lanes.write("two", laneOf("alice") + laneOf("bob").replace("conn_bob", "conn_anna"));
    log.await("Lane bob has changed");

    assertThat(log.with("Lane alice ")).hasSize(1);
  }

  @Test
  void goesBackToTheLaneAsItWasWhenTheNewOneCannotRun() throws Exception {
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");

    lanes.write("alice", laneOf("alice").replace("{{mediadrop.home}}", "/nowhere"));
    log.await("Lane alice goes on as it was");
    assertThat(log.warningsWith("alice.camel.yaml:1: lane alice: the folder /nowhere/drop/alice"))
        .hasSize(1);

    MediaFiles.write(drop("alice").resolve("a.jpg"), 5000, 1);
    mediadrop.awaitFiled(1);
  }

  @Test
  void takesUpALaneAsSoonAsWhatItLacksIsThere() throws Exception {
    Path elsewhere = mediadrop.home().resolveSibling("elsewhere");
    lanes.write("alice", lane("alice", elsewhere.toString(), "{{alice.connection-id}}"));
    log.await("alice.camel.yaml:1: lane alice: alice.connection-id is not set");

    Path secrets = lanes.folder().resolveSibling("secrets.properties");
    Files.createFile(
        secrets,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secrets, "alice.connection-id = conn_alice\n");
    log.await("the folder " + elsewhere + " does not exist");
    Files.createDirectory(elsewhere);
    log.await("Lane alice watches");

    MediaFiles.write(elsewhere.resolve("a.jpg"), 5000, 1);
    mediadrop.awaitFiled(1);
    assertThat(calls("conn_alice")).isEqualTo(2);
  }

  @Test
  void refusesASecondLaneOfTheSameNameOrOnTheSameFolder() throws Exception {
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");
    Path link = Files.createSymbolicLink(mediadrop.home().resolveSibling("link"), drop("alice"));

    lanes.write("again", laneOf("alice").replace("conn_alice", "conn_anna"));
    log.await("again.camel.yaml:1: there is a lane 'alice' already");
    lanes.write("linked", lane("linked", link.toString(), "conn_anna"));
    log.await("linked.camel.yaml:1: lane linked: lanes alice and linked both watch");

    assertThat(mediadrop.context().getRoute("linked")).isNull();
    assertThat(mediadrop.bean("lanes", Lanes.class).byName("alice").getConnectionId())
        .isEqualTo("conn_alice");
  }

  @Test
  void forgetsACopyOfALaneThatIsDeleted() throws Exception {
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");
    String refused = "alice (1).camel.yaml:1: there is a lane 'alice' already";
    for (int copies = 1; copies <= 2; copies++) {
      lanes.write("alice (1)", laneOf("alice"));
      int told = copies;
      Running.patiently().until(() -> log.with(refused).size() == told);

      lanes.remove("alice (1)");
      Path report = LaneReportFile.in(mediadrop.home().resolve("data"));
      Running.patiently().until(() -> !Files.readString(report).contains("alice (1)"));
    }
  }

  @Test
  void forgetsWhatWasWrongWithALaneThatIsRightNow() throws Exception {
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");
    lanes.write("bob", lane("bob", drop("alice").toString(), "conn_bob"));
    log.await("bob.camel.yaml:1: lane bob: lanes alice and bob both watch");
    awaitReport("both watch", true);

    lanes.write("bob", "\uFEFF" + laneOf("bob").replace("\n", "\r\n"));
    log.await("Lane bob watches");
    awaitReport("both watch", false);
  }

  @Test
  void forgetsABrokenLaneThatIsDeleted() throws Exception {
    lanes.write("bob", lane("bob", "{{mediadrop.home}}/drop/bob", "{{bob.connection-id}}"));
    awaitReport("bob.connection-id is not set", true);

    lanes.remove("bob");
    awaitReport("bob", false);
  }

  private void awaitReport(String text, boolean there) {
    Path report = LaneReportFile.in(mediadrop.home().resolve("data"));
    Running.patiently().until(() -> Files.readString(report).contains(text) == there);
  }

  @Test
  void passesOverTheHiddenFilesOfEditorsAndOtherSystems() throws Exception {
    Files.createSymbolicLink(lanes.file(".#alice"), Path.of("anna@host.4711"));
    lanes.write("._alice", "\0\5\26\7");
    lanes.write("alice", laneOf("alice"));
    log.await("Lane alice watches");

    assertThat(log.warningsWith("camel.yaml")).isEmpty();
  }

  @Test
  void refusesALaneNamedLikeARouteOfTheBundle() throws Exception {
    lanes.write("bad", laneOf("deliver-file"));

    log.await("bad.camel.yaml:1: there is another route 'deliver-file'");
  }

  @Test
  void reloadsNothingFromAFolderThatOthersCanChange() throws Exception {
    Files.setPosixFilePermissions(lanes.folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
    log.await("chmod go-w " + lanes.folder());
    lanes.remove("default");
    mediadrop.put("a.jpg", 5000, 1);
    mediadrop.awaitFiled(1);

    Files.setPosixFilePermissions(lanes.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    log.await("Lane default is removed");
  }
}
