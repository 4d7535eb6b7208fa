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
import java.nio.file.attribute.PosixFilePermissions;
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
    return list(launched(sandbox));
  }

  private static String list(Launched.Builder builder) throws IOException {
    try (Launched lanes = builder.start("lanes", "--home", "home", "--config", "config")) {
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
        assertThat(list).containsPattern("carol +broken");
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
  void saysOfEachLaneOnceWhatTheRunningMediadropSays() throws Exception {
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withConnection(Sandbox.KEY, CONNECTION))) {
      try (Launched run = launched(sandbox).start("run", "--home", "home", "--config", "config")) {
        run.awaitSaid("Uploads go to");
        lane("alice", "folder-line");
        run.awaitSaid("there is no route template 'folder-line'");
        run.awaitSaid("until then its lanes go on");
        Files.writeString(folder.resolve("config/lanes/dave.camel.yaml"), "routeId: dave\n  x: [");
        run.awaitSaid("dave.camel.yaml");

        String list = list(without("ALICE_CONNECTION_ID", sandbox));
        assertThat(list.lines().filter(line -> line.startsWith("alice ")))
            .singleElement()
            .asString()
            .containsPattern("alice +running +conn_…4f2a +0 +0 +0 +0 +0 +/.*alice");
        assertThat(list).containsPattern("dave +broken").contains("folder-line");
        assertThat(list).doesNotContain("in null").doesNotContainPattern("(?m)^\\? ");
        run.terminate().exitCode();
      }
      assertThat(list(without("BOB_CONNECTION_ID", sandbox)))
          .containsPattern("bob +stopped")
          .contains("bob.connection-id is not set");
    }
  }

  private Launched.Builder without(String variable, Sandbox sandbox) {
    return launched(sandbox).without(variable);
  }

  @Test
  void saysWhereThereIsNoHomeAndWhoMayReadOne() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      assertThat(refusal(launched(sandbox)))
          .contains("there is no home of mediadrop at " + folder.resolve("home"), "--home");
      assertThat(folder.resolve("home")).doesNotExist();

      Path data = Files.createDirectories(folder.resolve("home/data"));
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
      assertThat(refusal(launched(sandbox).withoutRootsRights()))
          .contains("this user may not read " + data);
    }
  }

  private static String refusal(Launched.Builder builder) throws IOException {
    try (Launched lanes = builder.start("lanes", "--home", "home", "--config", "config")) {
      assertThat(lanes.exitCode()).isEqualTo(2);
      assertThat(lanes.out()).isEmpty();
      return lanes.err();
    }
  }
}
