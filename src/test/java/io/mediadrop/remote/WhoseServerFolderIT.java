package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lanes over folders of one account that lie in one another: what the API got, and for whom. */
class WhoseServerFolderIT {

  /** Longer than it takes to read files of lanes, to settle and to fetch. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_bob"));
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private SftpHost host;
  private int seed;

  @BeforeEach
  void begin() throws Exception {
    host = mediadrop.closing(SftpHost.on(folder.resolve("server")));
    SftpLane.over(host, folder.resolve("config"));
    write("around", "in", Sandbox.CONNECTION);
  }

  private void run() throws Exception {
    mediadrop
        .config(folder.resolve("config"))
        .impatiently()
        .with("nas.password", SftpHost.PASSWORD)
        .start();
  }

  private Path file(String lane) {
    return folder.resolve("config/lanes").resolve(lane + ".camel.yaml");
  }

  private static String parameter(String name, String value) {
    return "      - name: %s%n        value: \"%s\"%n".formatted(name, value);
  }

  private void write(String lane, String directory, String connection, String... more)
      throws IOException {
    StringBuilder yaml = new StringBuilder("- templatedRoute:\n    routeId: " + lane + "\n");
    yaml.append("    routeTemplateRef: sftp-lane\n    parameters:\n")
        .append(parameter("host", "127.0.0.1"))
        .append(parameter("port", Integer.toString(host.port())))
        .append(parameter("username", SftpHost.USER))
        .append(parameter("directory", directory))
        .append(parameter("knownHostsFile", folder.resolve("config/known_hosts").toString()))
        .append(parameter("password", "{{nas.password}}"))
        .append(parameter("connectionId", connection));
    for (int n = 0; n < more.length; n += 2) {
      yaml.append(parameter(more[n], more[n + 1]));
    }
    Files.writeString(file(lane), yaml);
  }

  private void put(String path) throws IOException {
    Path file = host.root().resolve("in").resolve(path);
    Files.createDirectories(file.getParent());
    MediaFiles.write(file, 5_000, ++seed);
  }

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

  private void awaitLogged(String text) {
    Running.patiently().until(() -> log.all().stream().anyMatch(line -> line.contains(text)));
  }

  private static String ofAround(String name) {
    return Sandbox.CONNECTION + " " + name;
  }

  @Test
  void keepTheirFilesForALaneThatCannotRun() throws Exception {
    write("around", "in", Sandbox.CONNECTION, "ownFolders", "*");
    write("alice", "in/alice", "{{alice.connection-id}}");
    write("bob", "./in/x/../bob", "conn_bob", "no such parameter", "1");
    put("alice/a.jpg");
    put("bob/b.jpg");
    put("june/own.jpg");
    run();

    awaitUploads(ofAround("own.jpg"));
    nothingElseFollows();
    write("alice", "in/alice", "conn_alice");
    awaitUploads(ofAround("own.jpg"), "conn_alice a.jpg");
  }

  @Test
  void areLeftBesideAnothersUntilItIsSaidWhoseTheyAre() throws Exception {
    write("alice", "in/alice", "conn_alice");
    run();
    put("alice/a.jpg");
    put("bob/b.jpg");
    put("beside.jpg");
    awaitUploads(ofAround("beside.jpg"), "conn_alice a.jpg");
    nothingElseFollows();
    assertThat(log.warningsWith("in/bob is left where it is: other lanes have folders in"))
        .hasSize(1);

    write("bob", "in/bob", "conn_bob");
    awaitUploads(ofAround("beside.jpg"), "conn_alice a.jpg", "conn_bob b.jpg");
  }

  @Test
  void areLeftWhereItCannotBeReadWhichOneALaneIsFor() throws Exception {
    run();
    Files.writeString(file("alice"), "- templatedRoute:\n    routeId: alice\n");
    awaitLogged("it cannot be read which folders");
    put("alice/a.jpg");
    put("beside.jpg");
    awaitUploads(ofAround("beside.jpg"));
    nothingElseFollows();

    write("alice", "in/alice", "conn_alice");
    awaitUploads(ofAround("beside.jpg"), "conn_alice a.jpg");
  }

  @Test
  void stayKeptWhenTheirLaneIsRemovedAlsoAfterANewStart() throws Exception {
    write("around", "in", Sandbox.CONNECTION, "ownFolders", "*");
    write("alice", "in/alice", "conn_alice");
    run();
    awaitLogged("Lane alice watches");
    Files.delete(file("alice"));
    awaitLogged("Lane alice is removed");
    put("alice/a.jpg");
    nothingElseFollows();
    mediadrop.stop();
    run();
    nothingElseFollows();

    assertThat(uploads()).isEmpty();
  }

  @Test
  void areLeftWithTheirFilesWhereTheirLaneGetsAnotherConnection() throws Exception {
    run();
    awaitLogged("Lane around watches");
    mediadrop.stop();
    put("a.jpg");
    put("june/b.jpg");
    write("around", "in", "conn_bob");
    run();
    awaitLogged("before the lane got another connection");
    put("new.jpg");
    awaitUploads("conn_bob new.jpg");
    Path in = host.root().resolve("in");
    Files.copy(in.resolve("a.jpg"), in.resolve("copy.jpg"));
    Files.copy(in.resolve("june/b.jpg"), in.resolve("moved.jpg"));
    Files.delete(in.resolve("june/b.jpg"));
    nothingElseFollows();
    mediadrop.stop();
    run();
    nothingElseFollows();

    Path away = folder.resolve("away.jpg");
    Files.move(in.resolve("a.jpg"), away);
    Files.delete(in.resolve("copy.jpg"));
    Files.delete(in.resolve("moved.jpg"));
    awaitLogged("nothing is held back any more");
    Files.move(away, in.resolve("a.jpg"));
    awaitUploads("conn_bob new.jpg", "conn_bob a.jpg");
  }
}
