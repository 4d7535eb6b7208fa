package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedWhileWaitingTest {

  private static final int PART = 64 * 1024;

  @TempDir Path home;

  /** The content that was at the path before is no duplicate of what is there now. */
  @Test
  void isComparedByItsNewContentEvenIfItsLengthIsTheSame() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Running running = Running.on(home).with("mediadrop.retry.max-wait", "3s").start(sandbox)) {
      sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "NETWORK_ERROR"));
      Path first = MediaFiles.write(running.drop().resolve("a.mp4"), 2 * PART, 1);
      Path other = MediaFiles.write(running.drop().resolve("b.mp4"), 2 * PART, 2);
      List<String> contents =
          List.of(
              new Checksums().md5(first),
              new Checksums().md5(other),
              new Checksums().md5(MediaFiles.write(home.resolve("data/new.mp4"), 2 * PART, 3)));
      // four calls a round, and only in the second has each of the two seen the other
      Running.patiently().until(() -> sandbox.calls().size() >= 16);

      Path moved = Files.move(first, home.resolve("data/first.mp4"));
      Files.move(home.resolve("data/new.mp4"), first, StandardCopyOption.ATOMIC_MOVE);
      sandbox.faults().clear();
      Running.patiently().until(() -> running.drops("FILED") == 2);
      Files.move(moved, running.drop().resolve("c.mp4"));
      running.awaitFiled(3);

      assertThat(sandbox.uploads())
          .extracting(Upload::md5)
          .containsExactlyInAnyOrderElementsOf(contents);
    }
  }
}
