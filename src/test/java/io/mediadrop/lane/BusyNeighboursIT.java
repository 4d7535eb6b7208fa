package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane beside one with 20,000 files that wait for its rate limit and one whose connection has
 * expired.
 */
class BusyNeighboursIT {

  private static final Logger LOG = LoggerFactory.getLogger(BusyNeighboursIT.class);

  private static final Duration SETTLE = Duration.ofSeconds(1);

  /** What a photo may take besides settling; 1000 on a machine that does nothing else. */
  private static final Duration BESIDES =
      Duration.ofMillis(Integer.getInteger("neighbours.millis", 5000));

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, "conn_busy")
              .withConnection(Sandbox.KEY, "conn_expired")
              .withConnection(Sandbox.KEY, "conn_quiet"));

  @TempDir Path busy;
  @TempDir Path expired;
  @TempDir Path quiet;

  @BeforeEach
  void start() throws Exception {
    sandbox.connection("conn_expired").expire();
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("busy", busy, "ratePerMinute", "60", "burst", "10");
    lanes.add("expired", expired);
    lanes.add("quiet", quiet);
    for (int n = 0; n < 20_000; n++) {
      Files.writeString(busy.resolve("IMG_" + n + ".jpg"), "a photo, number " + n);
    }
    MediaFiles.write(expired.resolve("a.jpg"), 5000);
    mediadrop
        .impatiently()
        .with("mediadrop.accept", "photo, unknown, disagreeing")
        .with("mediadrop.drop.settle", SETTLE.toMillis() + "ms")
        .with("mediadrop.drop.poll", "500ms")
        .with("mediadrop.shutdown.timeout", "1s")
        .start();
    Running.patiently()
        .until(() -> Files.exists(expired.resolve("PAUSED.txt")) && inits("conn_busy") >= 5);
  }

  @Test
  void startsToUploadAsIfItWereAlone() {
    List<Duration> besides = new ArrayList<>();
    for (int n = 1; n <= 10; n++) {
      long dropped = System.nanoTime();
      MediaFiles.write(quiet.resolve("photo" + n + ".jpg"), 5000, n);
      int photos = n;
      Running.patiently().until(() -> inits("conn_quiet") == photos);
      besides.add(Duration.ofNanos(lastInit("conn_quiet") - dropped).minus(SETTLE));
    }
    LOG.info("besides settling, ten photos took {}", besides);

    assertThat(besides).allMatch(time -> time.compareTo(BESIDES) <= 0);
    assertThat(inits("conn_busy")).isLessThan(1000);
  }

  private long inits(String connection) {
    return sandbox.calls().stream().filter(call -> isInit(call, connection)).count();
  }

  private long lastInit(String connection) {
    return sandbox.calls().stream()
        .filter(call -> isInit(call, connection))
        .mapToLong(Call::startNanos)
        .max()
        .orElseThrow();
  }

  private static boolean isInit(Call call, String connection) {
    return call.route() == Route.INIT && connection.equals(call.connection());
  }
}
