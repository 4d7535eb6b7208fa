package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large videos that were there first, and photos in the same lane. */
class LargeBesideSmallIT {

  private static final long LARGE = (64L << 20) + 1;

  @TempDir Path home;

  @Test
  void leaveAWorkerToThePhotos() throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop"));
    MediaFiles.write(drop.resolve("video1.mp4"), LARGE, 1);
    MediaFiles.write(drop.resolve("video2.mp4"), LARGE, 2);
    SandboxOptions videosInParts = SandboxOptions.defaults().withMultipartFrom(1 << 20);
    try (Sandbox sandbox = Sandbox.start(videosInParts)) {
      // a video is under way for half a minute at least
      sandbox.faults().on(When.route(Route.PART), Faults.slowReading(1 << 20));
      try (Running running =
          Running.on(home).with("mediadrop.shutdown.timeout", "1s").start(sandbox)) {
        Running.patiently().until(() -> calls(sandbox, Route.PART) > 0);
        for (int n = 1; n <= 10; n++) {
          MediaFiles.write(drop.resolve("photo" + n + ".jpg"), 5000, 10 + n);
        }
        Running.patiently().until(() -> running.drops("FILED") == 10);

        assertThat(calls(sandbox, Route.INIT)).isEqualTo(11);
        assertThat(drop.resolve("video2.mp4")).exists();
      }
    }
  }

  private static long calls(Sandbox sandbox, Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }
}
