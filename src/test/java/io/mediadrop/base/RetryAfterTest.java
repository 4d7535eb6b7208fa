package io.mediadrop.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection without a rate limit of its own. */
class RetryAfterTest {

  private static final int FILES = 20;

  @TempDir Path home;

  @Test
  void isWaitedForByAllFilesOfTheConnection() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Running running =
            Running.on(home)
                .with("mediadrop.lane.concurrency", "2")
                .with("mediadrop.disk.min-free", "1MiB")
                .start(sandbox)) {
      sandbox.faults().on(When.route(Route.INIT), Faults.rateLimited(60));
      for (int i = 0; i < FILES; i++) {
        MediaFiles.write(running.drop().resolve(i + ".jpg"), 1_000 + i, i);
      }
      Running.patiently().until(() -> !sandbox.calls().isEmpty());
      Awaitility.await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);

      assertThat(sandbox.calls()).hasSizeLessThanOrEqualTo(2);
    }
  }
}
