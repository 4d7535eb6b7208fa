package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopIT {

  /** 128 + SIGTERM, as Java ends whenever a signal stops it. */
  private static final int TERMINATED = 143;

  /** As Java ends that may not go on without memory. */
  private static final int OUT_OF_MEMORY = 3;

  @TempDir Path folder;
  private Path drop;

  @BeforeEach
  void dropFourFiles() throws IOException {
    drop = Files.createDirectories(folder.resolve("home/drop"));
    for (int i = 0; i < 4; i++) {
      MediaFiles.write(drop.resolve(i + ".jpg"), 2_000_000 + i);
    }
  }

  private Launched run(Sandbox sandbox, String timeout) throws IOException {
    return Launched.distribution(folder)
        .against(sandbox)
        .start("run", "--home", "home", "--set", "mediadrop.shutdown.timeout=" + timeout);
  }

  private static void awaitTwoUploads(Sandbox sandbox) {
    Running.patiently()
        .until(() -> sandbox.calls().stream().filter(c -> c.route() == Route.WHOLE).count() == 2);
  }

  @Test
  void waitsForUploadsUnderWayAndLeavesTheOthersToTheNextStart() throws IOException {
    FaultScript slow =
        new FaultScript().on(When.route(Route.WHOLE).calls(1, 2), Faults.slowReading(700_000));
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(slow))) {
      try (Launched first = run(sandbox, "60s")) {
        awaitTwoUploads(sandbox);

        assertThat(first.terminate().exitCode()).isEqualTo(TERMINATED);
        assertThat(sandbox.uploads()).hasSize(2);
        assertThat(Running.filesIn(drop)).hasSize(2);
        assertThat(first.err()).isEmpty();
      }
      try (Launched second = run(sandbox, "60s")) {
        Running.patiently().until(() -> Running.filesIn(drop).isEmpty());

        assertThat(sandbox.uploads()).hasSize(4);
        assertThat(second.terminate().exitCode()).isEqualTo(TERMINATED);
      }
    }
  }

  @Test
  void endsSoonAfterTheTimeoutWhenTheApiIsSilent() throws IOException {
    FaultScript silent = new FaultScript().on(When.route(Route.WHOLE), Faults.silence());
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(silent));
        Launched run = run(sandbox, "1s")) {
      awaitTwoUploads(sandbox);
      long start = System.nanoTime();

      assertThat(run.terminate().exitCode()).isEqualTo(TERMINATED);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(run.out()).contains("the next start goes on with them");
      assertThat(run.out() + run.err()).doesNotContain("ERROR", "Exception", "\tat ", "ledger");
      assertThat(Running.filesIn(drop)).hasSize(4);
    }
  }

  @Test
  void endsWhenMemoryRunsOutAndGoesOnWithMore() throws IOException {
    try (Sandbox sandbox = Sandbox.start()) {
      try (Launched first =
          Launched.distribution(folder)
              .against(sandbox)
              .with("JAVA_OPTS", "-Xmx10m")
              .start("run", "--home", "home")) {
        assertThat(first.exitCode()).isEqualTo(OUT_OF_MEMORY);
        assertThat(first.out()).contains("OutOfMemoryError");
      }
      try (Launched second = run(sandbox, "60s")) {
        Running.patiently().until(() -> Running.filesIn(drop).isEmpty());

        assertThat(sandbox.uploads()).hasSize(4);
        assertThat(second.terminate().exitCode()).isEqualTo(TERMINATED);
      }
    }
  }
}
