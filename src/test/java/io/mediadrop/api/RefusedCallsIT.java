package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files whose calls come too soon, in spite of the limit that is kept here. */
class RefusedCallsIT {

  @TempDir Path folder;

  private Running.Builder limited() {
    return Running.on(folder).impatiently().with("mediadrop.rate.per-minute", "1200");
  }

  private void drop(String lane) throws Exception {
    Path drop = Files.createDirectories(folder.resolve(lane));
    MediaFiles.write(drop.resolve("a.jpg"), 5_000, lane.hashCode());
  }

  @Test
  void areRepeatedUntilTheApiTakesThemAndCostTheFileNoAttempt() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Running running = limited().start(sandbox)) {
      sandbox.faults().on(When.route(Route.INIT).calls(1, 6), Faults.refuse(429, "TOO_MANY"));
      drop("drop");
      running.awaitFiled(1);

      assertThat(sandbox.calls()).hasSize(8);
      assertThat(running.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(1);
    }
  }

  @Test
  void waitWithoutAWorkerWhereTheApiWantsToBeLeftAloneForLonger() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Running running = limited().start(sandbox)) {
      sandbox.faults().next(Route.WHOLE, Faults.rateLimited(6));
      drop("drop");
      Running.patiently().until(() -> running.drops("WAITING") == 1);
      running.awaitFiled(1);

      List<Call> calls = sandbox.calls();
      assertThat(calls).hasSize(3);
      assertThat(Duration.ofNanos(calls.get(2).startNanos() - calls.get(1).endNanos()))
          .isGreaterThan(Duration.ofMillis(5900));
      assertThat(running.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(2);
    }
  }

  @Test
  void areFewerWhereLanesOfOneConnectionDisagreeBecauseTheLowestLimitHolds() throws Exception {
    Path lanes = Files.createDirectories(folder.resolve("config/lanes"));
    for (String lane : List.of("fast", "slow")) {
      drop(lane);
      Files.writeString(
          lanes.resolve(lane + ".camel.yaml"),
          """
          - templatedRoute:
              routeId: %1$s
              routeTemplateRef: folder-lane
              parameters:
                - name: directory
                  value: "%2$s"
                - name: connectionId
                  value: "%3$s"
                - name: ratePerMinute
                  value: "%4$s"
          """
              .formatted(
                  lane,
                  folder.resolve(lane),
                  Sandbox.CONNECTION,
                  lane.equals("fast") ? "3000" : "1500"));
    }
    try (LogLines log = new LogLines();
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Running running = limited().config(folder.resolve("config")).start(sandbox)) {
      running.awaitFiled(2);

      assertThat(log.warnings())
          .filteredOn(line -> line.contains("fast, slow"))
          .singleElement()
          .asString()
          .contains("1500.0 calls a minute")
          .doesNotContain(Sandbox.CONNECTION);
    }
  }
}
