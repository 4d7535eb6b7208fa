package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Hashing;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargeFileIT {

  private static final long SIZE = 3L << 30;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({"NONE, 0", "JSON, 615"})
  void goesUpInLittleMemory(PlanProfile plan, int parts) throws Exception {
    SandboxOptions options =
        SandboxOptions.defaults().withPlan(plan).withHashing(Hashing.OFF).withEmptyLastPart(true);
    try (Sandbox sandbox = Sandbox.start(options);
        Child child =
            Child.run(home, sandbox, List.of("-Xmx96m"), Sandbox.KEY, Sandbox.CONNECTION)) {
      Running.patiently().until(() -> Files.isDirectory(home.resolve("drop")));
      sparse(home.resolve("drop/large.mp4"));
      Running.patiently()
          .atMost(Duration.ofMinutes(5))
          .until(() -> !sandbox.uploads().isEmpty() && archived() == 3 || !child.isAlive());

      assertThat(child.output()).doesNotContain("OutOfMemory");
      assertThat(sandbox.uploads())
          .singleElement()
          .satisfies(
              upload -> {
                assertThat(upload.size()).isEqualTo(SIZE);
                assertThat(upload.parts()).isEqualTo(parts);
              });
    }
  }

  private int archived() {
    return Running.filesIn(home.resolve("archive")).size();
  }

  private static void sparse(Path file) throws IOException {
    Path hidden = MediaFiles.write(file.resolveSibling(".large.mp4"), 1 << 20);
    try (RandomAccessFile content = new RandomAccessFile(hidden.toFile(), "rw")) {
      content.setLength(SIZE);
    }
    Files.move(hidden, file);
  }
}
