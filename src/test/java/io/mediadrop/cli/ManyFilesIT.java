package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane that finds 100,000 files in its folder. */
class ManyFilesIT {

  private static final Logger LOG = LoggerFactory.getLogger(ManyFilesIT.class);

  private static final int FILES = Integer.getInteger("many.files", 100_000);
  private static final int UPLOADS = Integer.getInteger("many.uploads", 100);
  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final Pattern COLLECTED = Pattern.compile("->(\\d+)M\\(");

  @TempDir Path home;
  @TempDir Path logs;

  @Test
  void startsToUploadSoonInSmallMemory() throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop/2026/a folder with a long name"));
    for (int n = 0; n < FILES; n++) {
      Files.writeString(drop.resolve("IMG_" + n + ".jpg"), "a photo, number " + n);
    }
    Path collections = logs.resolve("gc.log");
    try (Sandbox sandbox = Sandbox.start();
        Child child =
            Child.run(
                home,
                sandbox,
                List.of("-Xmx208m", "-Xlog:gc:file=" + collections),
                Sandbox.KEY,
                Sandbox.CONNECTION,
                "mediadrop.accept=photo, unknown, disagreeing",
                "mediadrop.disk.min-free=1MiB",
                "mediadrop.shutdown.timeout=1s")) {
      Running.patiently().until(() -> child.output().contains("Lane default watches"));
      long started = System.nanoTime();
      Duration cpu = child.cpu();
      Running.patiently().until(() -> !sandbox.calls().isEmpty());
      Duration first = Duration.ofNanos(sandbox.calls().get(0).startNanos() - started);
      Duration cpuToFirst = child.cpu().minus(cpu);
      LOG.info(
          "the first of {} files is uploaded {} ms after it has settled, for {} ms of a processor",
          FILES,
          first.minus(SETTLE).toMillis(),
          cpuToFirst.toMillis());
      Running.patiently()
          .atMost(Duration.ofSeconds(180 + UPLOADS / 10))
          .until(() -> sandbox.uploads().size() >= UPLOADS);
      LOG.info(
          "{} uploads took {} us of a processor each; {} MB were in use after the last collection",
          UPLOADS,
          child.cpu().minus(cpu).minus(cpuToFirst).toNanos() / 1000 / UPLOADS,
          inUse(collections));

      assertThat(child.isAlive()).isTrue();
      assertThat(child.output()).doesNotContain("OutOfMemory", "ERROR");
      assertThat(cpuToFirst).isLessThan(Duration.ofSeconds(5));
    }
  }

  /** What was left in the heap by each collection, in MB, last in the list the latest. */
  private static List<Integer> inUse(Path collections) throws IOException {
    List<Integer> all =
        Files.readAllLines(collections).stream()
            .filter(line -> line.contains("Pause"))
            .map(COLLECTED::matcher)
            .filter(java.util.regex.Matcher::find)
            .map(found -> Integer.parseInt(found.group(1)))
            .toList();
    return all.subList(Math.max(0, all.size() - 12), all.size());
  }
}
