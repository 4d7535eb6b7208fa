package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane that finds 100,000 files in its folder. */
class ManyFilesIT {

  private static final Logger LOG = LoggerFactory.getLogger(ManyFilesIT.class);

  private static final int FILES = Integer.getInteger("many.files", 100_000);

  @TempDir Path home;

  @Test
  void startsToUploadSoonInSmallMemory() throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop/2026/a folder with a long name"));
    for (int n = 0; n < FILES; n++) {
      Files.writeString(drop.resolve("IMG_" + n + ".jpg"), "photo " + n);
    }
    try (Sandbox sandbox = Sandbox.start();
        Child child =
            Child.run(
                home,
                sandbox,
                List.of("-Xmx256m"),
                Sandbox.KEY,
                Sandbox.CONNECTION,
                "mediadrop.accept=photo, unknown, disagreeing",
                "mediadrop.disk.min-free=1MiB",
                "mediadrop.shutdown.timeout=1s")) {
      Running.patiently().until(() -> child.output().contains("Lane default watches"));
      long started = System.nanoTime();
      Running.patiently().until(() -> !sandbox.calls().isEmpty());
      Duration first = Duration.ofNanos(sandbox.calls().get(0).startNanos() - started);
      LOG.info("the first of {} files is uploaded after {}", FILES, first);
      Running.patiently()
          .atMost(Duration.ofMinutes(3))
          .until(() -> sandbox.uploads().size() >= 100);

      assertThat(child.isAlive()).isTrue();
      assertThat(child.output()).doesNotContain("OutOfMemory", "ERROR");
    }
  }
}
