package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sidecars on a server. */
class SidecarSftpIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path folder;
  private SftpHost host;
  private SftpLane lane;
  private Path in;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    in = host.root().resolve("in");
  }

  private void start(String orphanAfter) throws Exception {
    lane.prepare(mediadrop).with("mediadrop.drop.orphan-after", orphanAfter).start();
  }

  private void drop(String name, String sidecar, long seed) throws IOException {
    Files.createDirectories(in.resolve(name).getParent());
    Files.writeString(in.resolve(name + ".meta.json"), sidecar);
    MediaFiles.write(in.resolve(name), 5000, seed);
  }

  @Test
  void goWithTheirFilesHereAndThere() throws Exception {
    Files.createDirectories(in.resolve("done/trip"));
    Files.writeString(in.resolve("done/trip/a.jpg.meta.json"), "somebody's own");
    drop("trip/a.jpg", "{\"reference\":\"order-17\"}", 1);
    drop("wrong.jpg", "{\"reference\":17}", 2);
    start("1h");
    mediadrop.awaitFiled(1);
    mediadrop.awaitFailed(1);
    Running.patiently().until(() -> unlisted().isEmpty());

    assertThat(Running.filesIn(in))
        .containsExactlyInAnyOrder(
            "done/trip/a.jpg.meta.json",
            "done/trip/a~2.jpg",
            "done/trip/a~2.jpg.meta.json",
            "failed/wrong.jpg",
            "failed/wrong.jpg.meta.json",
            "failed/wrong.jpg.reason.txt");
    assertThat(in.resolve("done/trip/a.jpg.meta.json")).hasContent("somebody's own");
    assertThat(mediadrop.json("trip/a.jpg.media.json").path("reference").asText())
        .isEqualTo("order-17");
    assertThat(mediadrop.json("trip/a.jpg.meta.json").path("reference").asText())
        .isEqualTo("order-17");
    assertThat(mediadrop.failed().resolve("nas/wrong.jpg.meta.json")).exists();
    assertThat(in.resolve("failed/wrong.jpg.reason.txt"))
        .content()
        .contains("Its sidecar wrong.jpg.meta.json is wrong")
        .contains("and its sidecar wrong.jpg.meta.json, back into its folder on the server");
    assertThat(Running.filesIn(mediadrop.home().resolve("data/sftp"))).isEmpty();
  }

  /** What lies in the lane's folder and is neither done nor failed. */
  private List<String> unlisted() {
    return Running.filesIn(in).stream()
        .filter(file -> !file.startsWith("done/") && !file.startsWith("failed/"))
        .toList();
  }

  @Test
  void areWaitedForAndPutAwayWhereTheirFileNeverComes() throws Exception {
    lane.with("sidecar", "required");
    MediaFiles.write(in.resolve("late.jpg"), 5000, 1);
    Files.writeString(in.resolve("lost.jpg.meta.json"), "{}");
    start("2s");
    Running.patiently()
        .until(
            () ->
                !log.warningsWith("put late.jpg.meta.json beside it").isEmpty()
                    && Files.exists(in.resolve("failed/lost.jpg.meta.json")));
    assertThat(in.resolve("failed/lost.jpg.meta.json.reason.txt"))
        .content()
        .contains("no file lost.jpg beside it");
    assertThat(log.warningsWith("late.jpg"))
        .containsExactly(
            "127.0.0.1:in/late.jpg is left where it is: it waits for its sidecar: put"
                + " late.jpg.meta.json beside it, or take sidecar: required out of the lane");

    Files.writeString(in.resolve("late.jpg.meta.json"), "{\"reference\":\"late\"}");
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> Files.exists(in.resolve("done/late.jpg")));
    assertThat(in.resolve("done/late.jpg.meta.json")).exists();
    assertThat(mediadrop.json("late.jpg.media.json").path("reference").asText()).isEqualTo("late");
  }

  @Test
  void stayWhereTheirFilesStay() throws Exception {
    lane.with("after", "keep");
    drop("kept.jpg", "{\"reference\":\"kept\"}", 1);
    Files.writeString(in.resolve("lost.jpg.meta.json"), "{}");
    start("2s");
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> !log.warningsWith("lost.jpg.meta.json").isEmpty());

    assertThat(Running.filesIn(in))
        .containsExactlyInAnyOrder("kept.jpg", "kept.jpg.meta.json", "lost.jpg.meta.json");
    assertThat(mediadrop.json("kept.jpg.meta.json").path("reference").asText()).isEqualTo("kept");
    assertThat(log.warningsWith("kept.jpg.meta.json")).isEmpty();
  }
}
