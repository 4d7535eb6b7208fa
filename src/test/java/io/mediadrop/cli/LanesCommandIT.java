package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of lanes, asked for by the script while another process runs them, and after it. */
class LanesCommandIT {

  private static final String CONNECTION = "conn_0123456789abcdef4f2a";

  @TempDir Path folder;

  @BeforeEach
  void configureThreeLanes() throws IOException {
    Files.createDirectories(folder.resolve("config/lanes"));
    lane("alice", "folder-lane");
    lane("bob", "folder-lane");
    lane("carol", "folder-line");
  }

  private void lane(String name, String template) throws IOException {
    Files.writeString(
        folder.resolve("config/lanes/" + name + ".camel.yaml"),
        """
        - templatedRoute:
            routeId: %s
            routeTemplateRef: %s
            parameters:
              - name: directory
                value: "{{mediadrop.home}}/creators/%s"
              - name: connectionId
                value: "{{%s.connection-id}}"
        """
            .formatted(name, template, name, name));
  }

  private Launched.Builder launched(Sandbox sandbox) {
    return Launched.distribution(folder)
        .against(sandbox)
        .with("ALICE_CONNECTION_ID", CONNECTION)
        .with("BOB_CONNECTION_ID", "conn_bob")
        .with("MEDIADROP_RETRY_MAX_WAIT", "30s")
        .with("MEDIADROP_PAUSE_PROBE", "1h");
  }

  private String list(Sandbox sandbox) throws IOException {
    try (Launched lanes =
        launched(sandbox).start("lanes", "--home", "home", "--config", "config")) {
      assertThat(lanes.exitCode()).as(lanes.err()).isZero();
      assertThat(lanes.err()).isEmpty();
      return lanes.out();
    }
  }

  @Test
  void saysHowEachLaneIsAndWhatWaitsInIt() throws Exception {
    FaultScript refusal =
        new FaultScript()
            .on(When.route(Route.INIT).connection("conn_bob"), Faults.refuse(403, "FORBIDDEN"))
            .on(
                When.route(Route.INIT).connection(CONNECTION).call(1),
                Faults.refuse(400, "INVALID_INPUT"))
            .on(When.route(Route.INIT).connection(CONNECTION), Faults.refuse(503, "UNAVAILABLE"));
    try (Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, CONNECTION)
                .withConnection(Sandbox.KEY, "conn_bob")
                .withFaults(refusal))) {
      try (Launched run = launched(sandbox).start("run", "--home", "home", "--config", "config")) {
        run.awaitSaid("carol.camel.yaml:3: lane carol: there is no route template 'folder-line'");
        run.awaitSaid("Uploads go to");
        Path alice = folder.resolve("home/creators/alice");
        MediaFiles.write(alice.resolve("bad.jpg"), 5000, 1);
        run.awaitSaid("alice bad.jpg was not uploaded");
        MediaFiles.write(alice.resolve("later.jpg"), 5000, 2);
        run.awaitSaid("alice later.jpg is tried again in");
        MediaFiles.write(folder.resolve("home/creators/bob/b.jpg"), 5000, 3);
        run.awaitSaid("Paused: lane bob");
        Running.patiently()
            .untilAsserted(
                () ->
                    assertThat(Files.readString(folder.resolve("home/data/lanes.json")))
                        .contains("paused"));

        String list = list(sandbox);
        assertThat(list)
            .containsPattern("alice +running +conn_…4f2a +(1 +0|0 +1) +0 +1 +1 +/.*alice\n");
        assertThat(list).containsPattern("bob +paused +conn_… +0 +1 +0 +0 +1 +/.*bob\n");
        assertThat(list).contains("403 FORBIDDEN", "alice.camel.yaml:1");
        assertThat(list).containsPattern("\\? +broken");
        assertThat(list).contains("carol.camel.yaml:3: lane carol: there is no route template");
        assertThat(list).doesNotContain(CONNECTION);
        assertThat(run.terminate().exitCode()).isEqualTo(143);
      }
      String list = list(sandbox);
      assertThat(list).containsPattern("alice +stopped +conn_…4f2a +0 +1 +0 +1 +1 +/");
      assertThat(list).containsPattern("bob +stopped");
    }
  }

  @Test
  void listsLanesThatHaveNeverRun() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      assertThat(list(sandbox)).containsPattern("alice +stopped +conn_…4f2a +0 +0 +0 +0 +/");
      assertThat(folder.resolve("home")).doesNotExist();
    }
  }
}
