package io.mediadrop.api.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.RateLimit;
import io.mediadrop.sandbox.ResetForm;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code bench/run drain}, which measures what this only looks after. */
class DrainRatioIT {

  private static final int FILES = 40;
  private static final int PER_MINUTE = 600;
  private static final int BURST = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ResetForm.class,
      names = {"EPOCH", "ABSENT"})
  void usesTheCallsThatTheApiGrantsAndHardlyAsksForMore(ResetForm headers) throws Exception {
    Path drop = Files.createDirectories(folder.resolve("drop"));
    for (int i = 0; i < FILES; i++) {
      MediaFiles.write(drop.resolve(i + ".jpg"), 5_000, i);
    }
    RateLimit limit = RateLimit.of(PER_MINUTE, BURST).withReset(headers);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withRateLimit(limit));
        Running running =
            Running.on(folder)
                .with("mediadrop.rate.per-minute", String.valueOf(PER_MINUTE))
                .with("mediadrop.rate.burst", String.valueOf(BURST))
                .start(sandbox)) {
      running.awaitFiled(FILES);

      assertThat(sandbox.calls().stream().filter(call -> call.status() == 429).toList())
          .hasSizeLessThanOrEqualTo(2);
      // loose, since the first files are slow in a JVM that has only just begun
      assertThat(ratio(sandbox.calls())).isLessThan(1.8);
    }
  }

  private static double ratio(List<Call> calls) {
    long first = calls.stream().mapToLong(Call::startNanos).min().orElseThrow();
    long last = calls.stream().mapToLong(Call::endNanos).max().orElseThrow();
    double least = (2.0 * FILES - BURST) * 60 / PER_MINUTE;
    return (last - first) / 1e9 / least;
  }
}
