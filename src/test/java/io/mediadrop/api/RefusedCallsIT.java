package io.mediadrop.api;

import static io.mediadrop.kit.WrittenLanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of files whose calls come too soon, in spite of the limit that is kept here. */
class RefusedCallsIT {

  @RegisterExtension
  final Mediadrop mediadrop =
      new Mediadrop().impatiently().with("mediadrop.rate.per-minute", "1200");

  private final Sandbox sandbox = mediadrop.sandbox();

  @Test
  void areRepeatedUntilTheApiTakesThemAndCostTheFileNoAttempt() throws Exception {
    mediadrop.start();
    sandbox.faults().on(When.route(Route.INIT).calls(1, 6), Faults.refuse(429, "TOO_MANY"));
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls()).hasSize(8);
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void waitWithoutAWorkerWhereTheApiWantsToBeLeftAloneForLonger() throws Exception {
    mediadrop.start();
    sandbox.faults().next(Route.WHOLE, Faults.rateLimited(6));
    mediadrop.put("a.jpg", 5_000);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    mediadrop.awaitFiled(1);

    List<Call> calls = sandbox.calls();
    assertThat(calls).hasSize(3);
    assertThat(Duration.ofNanos(calls.get(2).startNanos() - calls.get(1).endNanos()))
        .isGreaterThan(Duration.ofMillis(5900));
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void areFewerWhereLanesOfOneConnectionDisagreeBecauseTheLowestLimitHolds() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    for (String name : List.of("fast", "slow")) {
      Path watched = mediadrop.folder(name);
      MediaFiles.write(watched.resolve("a.jpg"), 5_000, name.hashCode());
      String rate = name.equals("fast") ? "3000" : "1500";
      lanes.write(name, lane(name, watched.toString(), Sandbox.CONNECTION, "ratePerMinute", rate));
    }
    LogLines log = mediadrop.log();
    mediadrop.start();
    mediadrop.awaitFiled(2);

    assertThat(log.warnings())
        .filteredOn(line -> line.contains("fast, slow"))
        .singleElement()
        .asString()
        .contains("1500.0 calls a minute")
        .doesNotContain(Sandbox.CONNECTION);
  }
}
