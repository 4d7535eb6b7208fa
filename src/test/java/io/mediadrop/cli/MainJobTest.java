package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {

  @TempDir Path home;

  @Test
  void uploadsArchivesAndAnnouncesADroppedFile() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(64 * 1024));
        Running running = Running.on(home).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("whole.jpg"), 10_000);
      MediaFiles.write(running.drop().resolve("parts.mp4"), 200_000);

      running.awaitFiled(2);

      assertThat(Running.filesIn(running.drop())).isEmpty();
      assertThat(Running.filesIn(running.archive())).hasSize(6);
      assertThat(sandbox.uploads()).extracting("parts").containsExactlyInAnyOrder(0, 4);
    }
  }
}
