package io.mediadrop.notify;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Measures whether sick endpoints slow uploads down; run by {@code bench/outbox}. */
public final class OutboxBench {

  private static final int SIZE = 100_000;

  private OutboxBench() {}

  /** Prints the median times of so many runs with so many files. */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    int files = Integer.parseInt(arguments[1]);
    seconds(true, files); // warms up
    List<Double> well = new ArrayList<>();
    List<Double> sick = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      well.add(seconds(true, files));
      sick.add(seconds(false, files));
      print("run %d: healthy %.2f s, sick %.2f s", run + 1, well.get(run), sick.get(run));
    }
    double healthy = median(well);
    print(
        "%d files of %d bytes: median healthy %.2f s, sick %.2f s (%+.1f %%)",
        files, SIZE, healthy, median(sick), 100 * (median(sick) / healthy - 1));
    System.exit(0);
  }

  private static void print(String text, Object... values) {
    System.out.println(text.formatted(values));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static double seconds(boolean well, int files) throws Exception {
    Path home = Files.createTempDirectory("outbox-bench-");
    Path archive =
        well ? Files.createDirectory(home.resolve("items")) : Files.createFile(home.resolve("no"));
    Files.createDirectories(home.resolve("drop"));
    for (int i = 0; i < files; i++) {
      MediaFiles.write(home.resolve("drop").resolve(i + ".jpg"), SIZE, i);
    }
    try (WebhookEndpoint webhook = new WebhookEndpoint();
        Sandbox sandbox = Sandbox.start()) {
      if (!well) {
        webhook.answering(OutboxBench::sickly);
      }
      try (Running running =
          Running.on(home)
              .with("mediadrop.lane.concurrency", "8")
              .with("mediadrop.notify.uri", webhook.uri())
              .with("mediadrop.archive.uri", "file:" + archive + "?fileExist=Override")
              .start(sandbox)) {
        Running.patiently().until(() -> !sandbox.calls().isEmpty());
        long begun = System.nanoTime();
        Awaitility.await()
            .atMost(Duration.ofMinutes(10))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> running.drops("FILED") == files);
        return (System.nanoTime() - begun) / 1e9;
      }
    } finally {
      delete(home);
    }
  }

  /** Every other message is refused, and every other hangs until the caller gives up. */
  private static void sickly(int number, com.sun.net.httpserver.HttpExchange exchange)
      throws java.io.IOException {
    if (number % 2 == 0) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
    }
    exchange.sendResponseHeaders(500, -1);
  }

  private static void delete(Path folder) throws java.io.IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
