package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two files at once in all lanes, two lanes, and a server that stops reading one of them. */
class StalledUploadIT {

  /** More than the buffers between the two take. */
  private static final int LARGE = 24 << 20;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withMultipartFrom(1L << 30)
              .withConnection(Sandbox.KEY, "conn_stalled")
              .withConnection(Sandbox.KEY, "conn_quiet"));

  @TempDir Path stalled;
  @TempDir Path quiet;

  @BeforeEach
  void start() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("stalled", stalled, "concurrency", "2");
    lanes.add("quiet", quiet, "concurrency", "2");
    mediadrop
        .impatiently()
        .with("mediadrop.uploads.at-once", "2")
        .with("mediadrop.shutdown.timeout", "1s")
        .start();
  }

  @Test
  void givesItsPlaceToAnotherLane() {
    sandbox
        .faults()
        .on(When.route(Route.WHOLE).connection("conn_stalled"), Faults.stallAfter(1000));
    MediaFiles.write(stalled.resolve("a.jpg"), LARGE, 1);
    MediaFiles.write(stalled.resolve("b.jpg"), LARGE, 2);
    Running.patiently().until(() -> calls("conn_stalled", Route.WHOLE).size() == 2);
    MediaFiles.write(quiet.resolve("photo.jpg"), 5000, 3);
    Running.patiently().until(() -> sandbox.uploads().size() == 1);

    assertThat(calls("conn_stalled", Route.WHOLE)).hasSize(2).allMatch(StalledUploadIT::isUnderWay);
  }

  @Test
  void isTheOnlyReasonToUploadMoreAtOnce() {
    sandbox.faults().on(When.route(Route.WHOLE), Faults.delay(Duration.ofMillis(50)));
    for (int n = 0; n < 8; n++) {
      MediaFiles.write(stalled.resolve(n + ".jpg"), 5000, n);
      MediaFiles.write(quiet.resolve(n + ".jpg"), 5000, 100 + n);
    }
    Running.patiently().until(() -> sandbox.uploads().size() == 16);

    assertThat(LaneParametersIT.mostAtOnce(sandbox.calls())).isEqualTo(2);
  }

  private List<Call> calls(String connection, Route route) {
    return sandbox.calls().stream()
        .filter(call -> call.route() == route && connection.equals(call.connection()))
        .toList();
  }

  private static boolean isUnderWay(Call call) {
    return call.endNanos() == 0;
  }
}
