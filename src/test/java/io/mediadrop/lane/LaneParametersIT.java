package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes beside each other that differ in their parameters, as the API sees them. */
class LaneParametersIT {

  private static final String SECOND_KEY = "sk_sandbox_second";

  /** A call every ten minutes: none that is not there at once comes during a test. */
  private static final String HARDLY_ANY = "0.1";

  @TempDir static Path home;
  @TempDir static Path config;
  private static Sandbox sandbox;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withConnection(SECOND_KEY, "conn_second");
    for (String lane : List.of("one", "three", "modest", "eager", "steady", "first")) {
      options = options.withConnection(Sandbox.KEY, "conn_" + lane);
    }
    sandbox = Sandbox.start(options);
    WrittenLanes lanes = new WrittenLanes(config);
    lanes.add("one", folder("one"), "concurrency", "1");
    lanes.add("three", folder("three"), "concurrency", "3");
    lanes.add("modest", folder("modest"), "ratePerMinute", HARDLY_ANY, "burst", "6");
    lanes.add("eager", folder("eager"), "ratePerMinute", HARDLY_ANY, "burst", "12");
    lanes.add("steady", folder("steady"), "ratePerMinute", "6000", "burst", "6");
    lanes.add("first", folder("first"));
    lanes.add("second", folder("second"), "apiKey", SECOND_KEY);
    running =
        Running.on(home)
            .config(config)
            .with("mediadrop.disk.min-free", "1MiB")
            .with("mediadrop.shutdown.timeout", "1s")
            .start(sandbox);
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
    sandbox.close();
  }

  @Test
  void concurrencyIsHowManyFilesOfTheLaneAreUnderWayAtOnce() throws IOException {
    sandbox
        .faults()
        .on(When.route(Route.WHOLE).connection("conn_one"), Faults.delay(Duration.ofMillis(100)))
        .on(When.route(Route.WHOLE).connection("conn_three"), Faults.delay(Duration.ofMillis(100)));
    drop("one", 9);
    drop("three", 9);
    awaitUploads("conn_one", 9);
    awaitUploads("conn_three", 9);

    assertThat(mostAtOnce(calls("conn_one"))).isEqualTo(1);
    assertThat(mostAtOnce(calls("conn_three"))).isEqualTo(3);
  }

  @Test
  void burstIsHowManyCallsAreMadeAtOnceAndRateWhatFollows() throws IOException {
    drop("modest", 10);
    drop("eager", 10);
    drop("steady", 10);
    awaitUploads("conn_steady", 10);
    awaitUploads("conn_eager", 6);
    awaitUploads("conn_modest", 3);

    assertThat(calls("conn_modest")).hasSize(6);
    assertThat(calls("conn_eager")).hasSize(12);
    assertThat(calls("conn_steady")).hasSize(20);
  }

  @Test
  void apiKeyIsTheOneThatTheLanesCallsAreMadeWith() throws IOException {
    // each connection is known to its own key alone
    drop("first", 1);
    drop("second", 1);
    awaitUploads("conn_first", 1);
    awaitUploads("conn_second", 1);

    assertThat(calls("conn_first")).allMatch(call -> call.status() == 200);
    assertThat(calls("conn_second")).allMatch(call -> call.status() == 200);
  }

  private static Path folder(String lane) throws IOException {
    return Files.createDirectories(home.resolve("drop/" + lane));
  }

  private static void drop(String lane, int files) throws IOException {
    for (int n = 0; n < files; n++) {
      MediaFiles.write(folder(lane).resolve(lane + n + ".jpg"), 5000, (lane + n).hashCode());
    }
  }

  private static void awaitUploads(String connection, int uploads) {
    Running.patiently()
        .until(
            () ->
                calls(connection).stream()
                        .filter(call -> call.route() == Route.WHOLE && call.status() == 200)
                        .count()
                    == uploads);
  }

  private static List<Call> calls(String connection) {
    return sandbox.calls().stream().filter(call -> connection.equals(call.connection())).toList();
  }

  /** How many of these calls, all of them ended, overlapped at any time. */
  static long mostAtOnce(List<Call> calls) {
    return calls.stream()
        .mapToLong(
            call ->
                calls.stream()
                    .filter(other -> other.startNanos() <= call.startNanos())
                    .filter(other -> other.endNanos() > call.startNanos())
                    .count())
        .max()
        .orElse(0);
  }
}
