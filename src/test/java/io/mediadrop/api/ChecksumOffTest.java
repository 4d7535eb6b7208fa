package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumOffTest {

  @TempDir Path home;

  @Test
  void uploadsWholeAndInPartsWithoutHashing() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(64 * 1024));
        Running running = Running.on(home).with("mediadrop.checksum", "off").start(sandbox)) {
      MediaFiles.write(running.drop().resolve("whole.jpg"), 10_000);
      MediaFiles.write(running.drop().resolve("same.jpg"), 10_000);
      MediaFiles.write(running.drop().resolve("parts.mp4"), 200_000);
      running.awaitFiled(3);

      assertThat(sandbox.uploads()).hasSize(3);
      assertThat(running.json("whole.jpg.media.json").path("checksum").isNull()).isTrue();
      assertThat(running.json("parts.mp4.media.json").path("checksum").isNull()).isTrue();
    }
  }
}
