package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large videos that were there first, and photos in the same lane. */
class LargeBesideSmallIT {

  private static final long LARGE = (64L << 20) + 1;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void leaveAWorkerToThePhotos() throws Exception {
    Path drop = Files.createDirectories(mediadrop.drop());
    MediaFiles.write(drop.resolve("video1.mp4"), LARGE, 1);
    MediaFiles.write(drop.resolve("video2.mp4"), LARGE, 2);
    SandboxOptions videosInParts = SandboxOptions.defaults().withMultipartFrom(1 << 20);
    Sandbox sandbox = mediadrop.sandbox(videosInParts);
    // a video is under way for half a minute at least
    sandbox.faults().on(When.route(Route.PART), Faults.slowReading(1 << 20));
    mediadrop.with("mediadrop.shutdown.timeout", "1s").start();
    Running.patiently().until(() -> calls(sandbox, Route.PART) > 0);
    for (int n = 1; n <= 10; n++) {
      MediaFiles.write(drop.resolve("photo" + n + ".jpg"), 5000, 10 + n);
    }
    Running.patiently().until(() -> mediadrop.drops("FILED") == 10);

    assertThat(calls(sandbox, Route.INIT)).isEqualTo(11);
    assertThat(drop.resolve("video2.mp4")).exists();
  }

  private static long calls(Sandbox sandbox, Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }
}
