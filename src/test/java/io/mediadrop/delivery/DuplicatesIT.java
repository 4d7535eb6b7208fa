package io.mediadrop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.lane.Lanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same content, dropped more than once. */
class DuplicatesIT {

  private static final int PART = 64 * 1024;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox;

  private void start(String policy) throws Exception {
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.impatiently().with("mediadrop.duplicates", policy).start();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 3 * PART})
  void isStoredOnceAndItsReceiptNamesTheFirst(int size) throws Exception {
    start("skip");
    drop("first.mp4", size, 1);
    mediadrop.awaitFiled(1);
    drop("second.mp4", size, 1);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(mediadrop.json("second.mp4.media.json").path("mediaId").asText())
        .isEqualTo(mediadrop.json("first.mp4.media.json").path("mediaId").asText())
        .isNotEmpty();
    assertThat(Running.filesIn(mediadrop.archive())).anyMatch(file -> file.endsWith("second.mp4"));
  }

  @Test
  void isStoredOnceWhenDroppedAtTheSameMoment() throws Exception {
    start("skip");
    for (int n = 1; n <= 4; n++) {
      drop("same" + n + ".jpg", 5000, 1);
    }
    Running.patiently().until(() -> mediadrop.drops("FILED") + mediadrop.drops("DUPLICATE") == 4);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void isNoneWhereOnlyTheSizeIsTheSame() throws Exception {
    start("skip");
    drop("a.jpg", 5000, 1);
    drop("b.jpg", 5000, 2);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void isUploadedWhereThatIsWanted() throws Exception {
    start("upload");
    drop("a.jpg", 5000, 1);
    drop("b.jpg", 5000, 1);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void isNoneOfAFileThatFailed() throws Exception {
    start("skip");
    sandbox.faults().next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    drop("a.jpg", 5000, 1);
    mediadrop.awaitFailed(1);
    drop("b.jpg", 5000, 1);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("b.jpg");
  }

  @Test
  void isNoneOfAFileThatTheApiCouldNotProcess() throws Exception {
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults()
                .withMedia(
                    name ->
                        name.startsWith("bad")
                            ? MediaBehaviour.atOnce().failing()
                            : MediaBehaviour.atOnce()));
    mediadrop.impatiently().start();
    drop("bad.jpg", 5000, 1);
    mediadrop.awaitFiled(1);
    drop("good.jpg", 5000, 1);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads()).hasSize(2);
  }

  @Test
  void isNoneOfAFileThatChangedWhileItWasSent() throws Exception {
    start("skip");
    sandbox.faults().next(Route.WHOLE, Faults.slowAnswer(Duration.ofMillis(700)));
    drop("a.jpg", 5000, 1);
    Running.patiently().until(() -> !sandbox.uploads().isEmpty());
    drop("a.jpg", 6000, 2);
    mediadrop.awaitFiled(2);
    drop("b.jpg", 5000, 1);
    mediadrop.awaitFiled(3);

    assertThat(sandbox.uploads()).hasSize(3);
  }

  @Test
  void isStoredOnceWhereAnotherLaneHasItBeforeItsOwnIsBack() throws Exception {
    Path other = Files.createDirectories(mediadrop.home().resolve("other"));
    Path config = Files.createDirectories(mediadrop.home().resolve("config/lanes")).getParent();
    Path first = config.resolve("lanes/default.camel.yaml");
    Files.copy(Path.of("config/application.properties"), config.resolve("application.properties"));
    Files.copy(Path.of("config/lanes/default.camel.yaml"), first);
    Files.writeString(
        config.resolve("lanes/other.camel.yaml"),
        """
        - templatedRoute:
            routeId: other
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: "%s"
              - name: connectionId
                value: "{{mediadrop.api.connection-id}}"
        """
            .formatted(other));
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.impatiently().config(config).start();
    sandbox.faults().on(When.route(Route.PART), Faults.refuse(503, "UNAVAILABLE"));
    drop("a.mp4", 3 * PART, 1);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    Path away = Files.move(first, mediadrop.home().resolve("default.camel.yaml"));
    Lanes lanes = mediadrop.bean("lanes", Lanes.class);
    Running.patiently().until(() -> lanes.byName("default") == null);
    sandbox.faults().clear();
    MediaFiles.write(other.resolve("b.mp4"), 3 * PART, 1);
    mediadrop.awaitFiled(1);
    Files.move(away, first);
    Running.patiently().until(() -> mediadrop.drops("FILED") + mediadrop.drops("DUPLICATE") == 2);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(Running.filesIn(mediadrop.archive())).anyMatch(file -> file.endsWith("a.mp4"));
  }

  @Test
  void isNoneOfAnotherConnectionsFile() throws Exception {
    Path other = Files.createDirectories(mediadrop.home().resolve("other"));
    Path config = Files.createDirectories(mediadrop.home().resolve("config/lanes")).getParent();
    Files.copy(Path.of("config/application.properties"), config.resolve("application.properties"));
    Files.writeString(
        config.resolve("lanes/lanes.camel.yaml"),
        Files.readString(Path.of("config/lanes/default.camel.yaml"))
            + """
            - templatedRoute:
                routeId: other
                routeTemplateRef: folder-lane
                parameters:
                  - name: directory
                    value: "%s"
                  - name: connectionId
                    value: conn_other
            """
                .formatted(other));
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
                .withConnection(Sandbox.KEY, "conn_other"));
    mediadrop.impatiently().config(config).start();
    drop("a.jpg", 5000, 1);
    mediadrop.awaitFiled(1);
    MediaFiles.write(other.resolve("a.jpg"), 5000, 1);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads())
        .extracting(Upload::connection)
        .containsExactlyInAnyOrder(Sandbox.CONNECTION, "conn_other");
  }

  private void drop(String name, int size, int seed) throws IOException {
    assertThat(Files.size(mediadrop.put(name, size, seed))).isEqualTo(size);
  }
}
