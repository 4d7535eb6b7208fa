package io.mediadrop.lane;

import static io.mediadrop.kit.WrittenLanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A creator's folder lies in that of another lane, and her lane is not there yet, not right, not
 * any more, or not the same. What the API got, and for whom, is what counts.
 */
class WhoseFolderIT {

  /** Longer than it takes to read files of lanes, and to settle. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_bob"));
  private final LogLines log = mediadrop.log();
  private final WrittenLanes lanes = mediadrop.lanes();

  @BeforeEach
  void begin() throws Exception {
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION));
  }

  private Path drop() {
    return mediadrop.drop();
  }

  private static String laneOf(String name) {
    return lane(name, "{{mediadrop.home}}/drop/" + name, "conn_" + name);
  }

  /** A default lane that says that all folders are its own that are no other lane's. */
  private void takeAllFolders() throws IOException {
    lanes.write(
        "default",
        lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION)
            + "      - name: ownFolders\n        value: \"*\"\n");
  }

  private int seed;

  private void put(String path) {
    mediadrop.put(path, 5_000, ++seed);
  }

  /** Connection and name of each upload, in the order of the alphabet. */
  private List<String> uploads() {
    return sandbox.uploads().stream()
        .map(upload -> upload.connection() + " " + upload.name())
        .sorted()
        .toList();
  }

  private void awaitUploads(String... expected) {
    Running.patiently()
        .untilAsserted(() -> assertThat(uploads()).containsExactlyInAnyOrder(expected));
  }

  private void nothingElseFollows() {
    List<String> now = uploads();
    Awaitility.await()
        .during(A_WHILE)
        .atMost(A_WHILE.multipliedBy(3))
        .until(() -> uploads().equals(now));
  }

  private static String ofDefault(String name) {
    return Sandbox.CONNECTION + " " + name;
  }

  /** Files of lanes that cannot run, each for a folder in drop that can be made out. */
  private static Map<String, String> brokenLanes() {
    Map<String, String> broken = new LinkedHashMap<>();
    broken.put("template", laneOf("template").replace("folder-lane", "folder-line"));
    broken.put("parameter", laneOf("parameter").replace("connectionId", "connection"));
    broken.put("secret", laneOf("secret").replace("conn_secret", "{{secret.connection-id}}"));
    broken.put("missing", laneOf("missing").split("      - name: connectionId")[0]);
    broken.put("name", laneOf("name").replace("routeId: name", "routeId: Name of Hers"));
    broken.put("dash", laneOf("dash").replace("- templatedRoute", "  templatedRoute"));
    broken.put("flat", laneOf("flat").replaceAll("(?m)^ {4}", ""));
    broken.put("tab", laneOf("tab").replace("        value: \"conn", "\t\tvalue: \"conn"));
    broken.put("unquoted", laneOf("unquoted").replace("\"conn_unquoted\"", "{{x}}/{{y}}: z: ["));
    broken.put("bare", laneOf("bare").replaceAll("\"(.*drop/bare)\"", "$1"));
    broken.put("colon", laneOf("colon").replace("routeId:", "routeId"));
    broken.put("twice", laneOf("twice") + laneOf("twice"));
    broken.put("kind", laneOf("kind") + "      - name: concurrency\n        value: many\n");
    broken.put("comment", "# her lane\n" + laneOf("comment").replace("parameters:", "parameter:"));
    return broken;
  }

  @Test
  void isKeptForALaneThatCannotRunWhateverIsWrongWithItsFile() throws Exception {
    takeAllFolders();
    for (Map.Entry<String, String> broken : brokenLanes().entrySet()) {
      lanes.write(broken.getKey(), broken.getValue());
      put(broken.getKey() + "/" + broken.getKey() + ".jpg");
    }
    Path open = lanes.file("open");
    lanes.write("open", laneOf("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-r--"));
    put("open/open.jpg");
    Files.writeString(lanes.folder().resolve("ending.yaml"), laneOf("ending"));
    put("ending/ending.jpg");
    Files.writeString(lanes.folder().resolve("backup.camel.yaml~"), laneOf("backup"));
    put("backup/backup.jpg");
    put("june/own.jpg");
    mediadrop.start();

    awaitUploads(ofDefault("own.jpg"));
    nothingElseFollows();
    assertThat(log.warningsWith("ending.yaml: lanes are read from files whose names end in"))
        .hasSize(1);

    lanes.write("template", laneOf("template").replace("conn_template", "conn_alice"));
    awaitUploads(ofDefault("own.jpg"), "conn_alice template.jpg");
  }

  /** Files of lanes for folders that cannot be made out. */
  private static Map<String, byte[]> unreadableLanes() {
    Map<String, byte[]> broken = new LinkedHashMap<>();
    broken.put("misspelt", laneOf("alice").replace("directory", "directry").getBytes());
    broken.put("setting", laneOf("alice").replace("mediadrop.home", "alice.home").getBytes());
    broken.put("cut", laneOf("alice").substring(0, 90).getBytes());
    broken.put("empty", new byte[0]);
    broken.put("coded", laneOf("alice").getBytes(StandardCharsets.UTF_16));
    broken.put("quote", laneOf("alice").replace("drop/alice\"", "drop/alice").getBytes());
    broken.put("half", (laneOf("bob") + laneOf("alice").substring(0, 60)).getBytes());
    return broken;
  }

  @Test
  void isLeftByAllLanesAroundWhereItCannotBeReadWhichFolderALaneIsFor() throws Exception {
    takeAllFolders();
    mediadrop.start();
    for (Map.Entry<String, byte[]> broken : unreadableLanes().entrySet()) {
      String name = broken.getKey();
      Path file = lanes.folder().resolve(name + ".camel.yaml");
      Files.write(file, broken.getValue());
      log.await("it cannot be read which folders");
      put("alice/" + name + "-in-folder.jpg");
      put(name + "-beside.jpg");
      Running.patiently().until(() -> uploads().contains(ofDefault(name + "-beside.jpg")));
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .until(() -> !uploads().contains(ofDefault(name + "-in-folder.jpg")));
      log.forget();

      Files.delete(file);
      log.await("The folders of all lanes are known");
      Running.patiently().until(() -> uploads().contains(ofDefault(name + "-in-folder.jpg")));
    }
  }

  @Test
  void isLeftByAllLanesAroundAfterAStartWithALaneThatCannotBeRead() throws Exception {
    Files.write(lanes.file("alice"), unreadableLanes().get("misspelt"));
    put("alice/a.jpg");
    put("beside.jpg");
    mediadrop.start();
    awaitUploads(ofDefault("beside.jpg"));
    nothingElseFollows();

    lanes.write("alice", laneOf("alice"));
    awaitUploads(ofDefault("beside.jpg"), "conn_alice a.jpg");
  }

  @Test
  void isItsLanesInWhateverOrderTheLanesStart() throws Exception {
    lanes.remove("default");
    lanes.write("a-around", lane("a-around", "{{mediadrop.home}}/drop", Sandbox.CONNECTION));
    lanes.write("z-outmost", lane("z-outmost", "{{mediadrop.home}}/drop/m/n", "conn_bob"));
    lanes.write("m", lane("m", "{{mediadrop.home}}/drop/m", "conn_alice"));
    for (String place : new String[] {"outer.jpg", "m/middle.jpg", "m/n/inner.jpg"}) {
      put(place);
    }
    mediadrop.impatiently().with("mediadrop.drop.settle", "1ms").start();

    awaitUploads(ofDefault("outer.jpg"), "conn_alice middle.jpg", "conn_bob inner.jpg");
  }

  @Test
  void isItsLanesWhenTheTwoComeAtTheSameMoment() throws Exception {
    mediadrop.start();
    put("alice/a.jpg");
    lanes.write("alice", laneOf("alice"));
    put("june/own.jpg");
    log.await("Lane alice watches");

    awaitUploads("conn_alice a.jpg");
    log.await("june is left where it is: other lanes have folders in");
    awaitUploads("conn_alice a.jpg");
  }

  @Test
  void isLeftUntilItIsSaidWhoseItIsBesideAnothersFolder() throws Exception {
    lanes.write("alice", laneOf("alice"));
    mediadrop.start();
    put("bob/b.jpg");
    put("june/deep/own.jpg");
    put("beside.jpg");
    awaitUploads(ofDefault("beside.jpg"));
    nothingElseFollows();
    assertThat(log.warningsWith("home/drop/bob is left where it is")).hasSize(1);
    assertThat(log.warningsWith("home/drop/june is left where it is"))
        .singleElement()
        .asString()
        .contains("write a lane for it", "ownFolders with the value 'june'");

    lanes.write("bob", laneOf("bob"));
    awaitUploads(ofDefault("beside.jpg"), "conn_bob b.jpg");
    lanes.write(
        "default",
        lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION)
            + "      - name: ownFolders\n        value: \"july, june\"\n");
    awaitUploads(ofDefault("beside.jpg"), "conn_bob b.jpg", ofDefault("own.jpg"));
    Running.patiently()
        .until(
            () ->
                Running.filesIn(mediadrop.archive()).stream()
                    .anyMatch(file -> file.contains("june/deep/own")));
  }

  @Test
  void isLeftBesideAFolderInWhichALaneHasHers() throws Exception {
    lanes.write("alice", lane("alice", "{{mediadrop.home}}/drop/alice/photos", "conn_alice"));
    mediadrop.start();
    put("alice/photos/a.jpg");
    put("alice/stray.jpg");
    put("bob/photos/b.jpg");
    put("beside.jpg");

    awaitUploads(ofDefault("beside.jpg"), "conn_alice a.jpg");
    nothingElseFollows();
    assertThat(log.warningsWith("home/drop/alice is left where it is")).hasSize(1);
  }

  @Test
  void staysKeptWhenItsLaneIsRemovedOrItsFileIsRenamedToWhatIsNotRead() throws Exception {
    takeAllFolders();
    lanes.write("alice", laneOf("alice"));
    mediadrop.start();
    log.await("Lane alice watches");
    Files.move(lanes.file("alice"), lanes.folder().resolve("alice.camel.yaml.txt"));
    log.await("Lane alice is removed");
    put("alice/a.jpg");
    nothingElseFollows();
    Files.delete(lanes.folder().resolve("alice.camel.yaml.txt"));
    nothingElseFollows();
    mediadrop.stop();
    mediadrop.on(Files.move(mediadrop.home(), mediadrop.home().resolveSibling("moved"))).start();
    nothingElseFollows();

    assertThat(uploads()).isEmpty();
  }

  @Test
  void staysItsLanesWhileAnEditorPutsANewFileInThePlaceOfTheOld() throws Exception {
    takeAllFolders();
    lanes.write("alice", laneOf("alice"));
    mediadrop.start();
    log.await("Lane alice watches");
    for (int edits = 0; edits < 3; edits++) {
      Path file = lanes.file("alice");
      Files.move(
          file, lanes.folder().resolve("alice.camel.yaml~"), StandardCopyOption.REPLACE_EXISTING);
      put("alice/a" + edits + ".jpg");
      Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
      Files.writeString(file, laneOf("alice").replace("routeId: alice", "routeId: alice" + edits));
    }

    awaitUploads("conn_alice a0.jpg", "conn_alice a1.jpg", "conn_alice a2.jpg");
  }

  @Test
  void isNotTakenOverByALaneOfItsNameAroundItForAnotherConnection() throws Exception {
    lanes.write("alice", laneOf("alice"));
    lanes.remove("default");
    mediadrop.start();
    log.await("Lane alice watches");
    mediadrop.stop();
    put("alice/a.jpg");
    put("beside.jpg");
    lanes.write("alice", lane("alice", "{{mediadrop.home}}/drop", "conn_bob"));
    mediadrop.start();

    awaitUploads("conn_bob beside.jpg");
    nothingElseFollows();
  }

  @Test
  void isLeftWhileTheFilesOfLanesCannotBeListed() throws Exception {
    mediadrop.start();
    Files.setPosixFilePermissions(lanes.folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
    log.await("it cannot be read which folders the lanes there are for");
    put("alice/a.jpg");
    put("beside.jpg");
    awaitUploads(ofDefault("beside.jpg"));
    nothingElseFollows();

    lanes.write("alice", laneOf("alice"));
    Files.setPosixFilePermissions(lanes.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    awaitUploads(ofDefault("beside.jpg"), "conn_alice a.jpg");
  }

  @Test
  void isSeenWhereverItsPathLeads() throws Exception {
    takeAllFolders();
    Path link = mediadrop.folder("links").resolve("hers");
    Files.createDirectories(drop().resolve("alice"));
    Files.createSymbolicLink(link, drop().resolve("alice"));
    lanes.write("alice", lane("alice", link.toString(), "{{alice.connection-id}}"));
    put("alice/a.jpg");
    mediadrop.start();
    log.await("alice.connection-id is not set");
    Files.createSymbolicLink(drop().resolve("again"), drop().resolve("alice"));
    Files.move(mediadrop.folder("june"), drop().resolve("june"));
    put("june/own.jpg");

    awaitUploads(ofDefault("own.jpg"));
    nothingElseFollows();
  }

  @Test
  void isKnownWhereItIsMovedOrCopiedTo() throws Exception {
    takeAllFolders();
    lanes.write("alice", lane("alice", "{{mediadrop.home}}/creators/alice", "conn_alice"));
    mediadrop.start();
    Path hers = mediadrop.home().resolve("creators/alice");
    Path copy = Files.createDirectories(drop().resolve("copy"));
    Path note = hers.resolve(WatchNotes.NAME);
    Running.patiently().until(() -> Files.exists(note));
    Files.copy(note, copy.resolve(WatchNotes.NAME));
    put("copy/c.jpg");
    Files.move(hers, drop().resolve("alice"));
    put("alice/a.jpg");
    put("beside.jpg");

    awaitUploads(ofDefault("beside.jpg"));
    nothingElseFollows();
    assertThat(log.warningsWith("home/drop/alice is left where it is: it is the folder of"))
        .hasSize(1);
  }

  @Test
  void isTheSameUnderANameThatSomeFileSystemsDoNotTellApart() throws Exception {
    takeAllFolders();
    lanes.write("alice", lane("alice", "{{mediadrop.home}}/drop/Zoë", "{{alice.connection-id}}"));
    put("zoe\u0308/a.jpg");
    put("ZOË/deep/b.jpg");
    put("june/own.jpg");
    mediadrop.start();

    awaitUploads(ofDefault("own.jpg"));
    nothingElseFollows();
  }

  @Test
  void withoutALaneBelongsToTheLaneAroundItAsLongAsNoOtherHasAFolderThere() throws Exception {
    lanes.write("alice", lane("alice", "{{mediadrop.home}}/creators/alice", "conn_alice"));
    put("june/own.jpg");
    mediadrop.start();
    put("july/own.jpg");
    Files.createDirectories(mediadrop.home().resolve("creators/alice"));
    MediaFiles.write(mediadrop.home().resolve("creators/alice/a.jpg"), 5_000, 99);

    awaitUploads(ofDefault("own.jpg"), ofDefault("own.jpg"), "conn_alice a.jpg");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void isLeftWithItsFilesWhereItsLaneGetsAnotherConnectionUntilTheyAreMovedOutAndIn()
      throws Exception {
    lanes.write("alice", laneOf("alice"));
    mediadrop.start();
    log.await("Lane alice watches");
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "UNAVAILABLE"));
    put("alice/a.jpg");
    put("alice/june/b.jpg");
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 2);

    lanes.write("alice", laneOf("alice").replace("conn_alice", "conn_bob"));
    log.await("Lane alice has changed and watches");
    sandbox.faults().clear();
    put("alice/new.jpg");
    awaitUploads("conn_bob new.jpg");
    Files.move(drop().resolve("alice/june"), drop().resolve("alice/july"));
    nothingElseFollows();
    assertThat(log.warningsWith("before the lane got another connection")).hasSize(1);
    assertThat(LaneReportFile.in(mediadrop.home().resolve("data")))
        .content()
        .contains("before the lane got another connection");

    mediadrop.stop();
    mediadrop.start();
    nothingElseFollows();
    assertThat(log.warningsWith("before the lane got another connection")).hasSize(2);

    Path away = mediadrop.folder("away");
    Files.move(drop().resolve("alice/a.jpg"), away.resolve("a.jpg"));
    Files.move(drop().resolve("alice/july"), away.resolve("july"));
    log.await("nothing is held back any more");
    Files.move(away.resolve("a.jpg"), drop().resolve("alice/a.jpg"));
    Files.move(away.resolve("july"), drop().resolve("alice/july"));
    awaitUploads("conn_bob new.jpg", "conn_bob a.jpg", "conn_bob b.jpg");
  }

  @Test
  void goesOnForTheOldConnectionWhenAChangeIsTakenBack() throws Exception {
    mediadrop.start();
    mediadrop.stop();
    put("a.jpg");
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", "conn_bob"));
    mediadrop.start();
    log.await("before the lane got another connection");
    put("b.jpg");
    awaitUploads("conn_bob b.jpg");
    sandbox
        .faults()
        .on(When.route(Route.INIT).connection("conn_bob"), Faults.refuse(503, "UNAVAILABLE"));
    put("c.jpg");
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    mediadrop.stop();
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", Sandbox.CONNECTION));
    mediadrop.start();

    awaitUploads("conn_bob b.jpg", ofDefault("a.jpg"));
    nothingElseFollows();
  }

  @Test
  void goesOnUnderANewNameForTheSameConnectionAndIsLeftForAnother() throws Exception {
    lanes.write("alice", laneOf("alice"));
    mediadrop.start();
    mediadrop.stop();
    put("alice/a.jpg");
    lanes.remove("alice");
    lanes.write("anna", lane("anna", "{{mediadrop.home}}/drop/alice", "conn_alice"));
    mediadrop.start();
    awaitUploads("conn_alice a.jpg");
    mediadrop.stop();
    put("alice/b.jpg");
    lanes.remove("anna");
    lanes.write("bob", lane("bob", "{{mediadrop.home}}/drop/alice", "conn_bob"));
    mediadrop.start();
    nothingElseFollows();

    assertThat(uploads()).containsExactly("conn_alice a.jpg");
    assertThat(log.warningsWith("before the lane got another connection")).hasSize(1);
  }
}
