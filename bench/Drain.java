package bench;

import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.RateLimit;
import io.mediadrop.sandbox.ResetForm;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how close mediadrop comes to the fastest that a rate limit allows: the time from a
 * lane's first call to its last answer, divided by the least that a token bucket makes possible.
 */
@Command(
    name = "bench/run drain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "How close lanes come to the fastest that their rate limit allows.")
public final class Drain implements Callable<Integer> {

  /**
   * A situation; what the sandbox says of its limit, what is left at first, what happens midway.
   */
  enum Situation {
    EPOCH(ResetForm.EPOCH, false, Midway.NOTHING),
    DELTA(ResetForm.DELTA, false, Midway.NOTHING),
    NO_HEADERS(ResetForm.ABSENT, false, Midway.NOTHING),
    EMPTY(ResetForm.EPOCH, true, Midway.NOTHING),
    EMPTY_NO_HEADERS(ResetForm.ABSENT, true, Midway.NOTHING),
    STOPPED(ResetForm.EPOCH, false, Midway.STOP),
    STOPPED_NO_HEADERS(ResetForm.ABSENT, false, Midway.STOP),
    KILLED(ResetForm.EPOCH, false, Midway.KILL),
    KILLED_NO_HEADERS(ResetForm.ABSENT, false, Midway.KILL);

    final ResetForm reset;
    final boolean empty;
    final Midway midway;

    Situation(ResetForm reset, boolean empty, Midway midway) {
      this.reset = reset;
      this.empty = empty;
      this.midway = midway;
    }

    String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  enum Midway {
    NOTHING,
    STOP,
    KILL
  }

  private record Span(int calls, int refused, double seconds) {}

  private static final String KEY = "bench-key";
  private static final int FILE_SIZE = 2048;

  @Option(names = "--lanes", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int lanes;

  @Option(names = "--files", defaultValue = "400", description = "Per lane; ${DEFAULT-VALUE}.")
  private int files;

  @Option(
      names = "--rate",
      defaultValue = "600",
      description = "Calls per minute; ${DEFAULT-VALUE}.")
  private int rate;

  @Option(names = "--burst", defaultValue = "90", description = "Calls at once; ${DEFAULT-VALUE}.")
  private int burst;

  @Option(
      names = "--situation",
      description = "Repeatable; default: all. One of ${COMPLETION-CANDIDATES}.")
  private List<Situation> situations = List.of(Situation.values());

  @Option(
      names = "--base-url",
      description =
          "Another server instead of the sandbox, which has --lanes connections named in"
              + " --connection and BENCH_API_KEY as its key; its limit must be --rate and --burst.")
  private String baseUrl;

  @Option(names = "--connection", description = "With --base-url: one for each lane.")
  private List<String> connections = new ArrayList<>();

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of mediadrop.")
  private Map<String, String> set = new LinkedHashMap<>();

  private final List<Double> ratios = new ArrayList<>();
  private boolean good = true;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Drain()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "%d lanes x %d files, %d calls/min, burst %d; the least possible is (calls - left at first)"
            + " / rate, with two calls a file%n%n",
        lanes, files, rate, burst);
    System.out.printf(
        "%-20s %-4s %6s %5s %6s %7s %7s %6s %7s %6s %6s%n",
        "situation",
        "lane",
        "calls",
        "429",
        "429 %",
        "s",
        "least s",
        "ratio",
        "sandbox",
        "failed",
        "down s");
    for (Situation situation : baseUrl == null ? situations : List.of(Situation.EPOCH)) {
      run(situation);
    }
    System.out.println();
    System.out.println(good ? "every ratio <= 1.03, 429s <= 1 %, none failed" : "NOT as promised");
    return good ? 0 : 1;
  }

  /** What was found, a ratio per situation and lane. */
  List<Double> ratios() {
    return ratios;
  }

  private void run(Situation situation) throws Exception {
    Path folder = Files.createTempDirectory("drain");
    try (Sandbox sandbox = baseUrl == null ? Sandbox.start(options(situation)) : null) {
      prepare(folder);
      String url = baseUrl == null ? sandbox.baseUrl().toString() : baseUrl;
      double down = drain(folder, url, situation.midway);
      report(folder, sandbox, situation, down);
      if (good) {
        delete(folder);
      } else {
        System.out.println("see " + folder);
      }
    }
  }

  private SandboxOptions options(Situation situation) {
    RateLimit limit = RateLimit.of(rate, burst).withReset(situation.reset);
    SandboxOptions options =
        SandboxOptions.defaults().withRateLimit(situation.empty ? limit.withStart(0) : limit);
    for (int lane = 1; lane <= lanes; lane++) {
      options = options.withConnection(KEY, connection(lane));
    }
    return options;
  }

  private String connection(int lane) {
    return baseUrl == null ? "bench_" + lane : connections.get(lane - 1);
  }

  private void prepare(Path folder) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config/lanes"));
    Random random = new Random(folder.hashCode());
    for (int lane = 1; lane <= lanes; lane++) {
      Path drop = Files.createDirectories(folder.resolve("drop/" + lane));
      Files.writeString(config.resolve(lane + ".camel.yaml"), lane(lane, drop));
      for (int file = 0; file < files; file++) {
        Files.write(drop.resolve("%04d.jpg".formatted(file)), Material.photo(random, FILE_SIZE));
      }
    }
  }

  private String lane(int lane, Path drop) {
    return """
    - templatedRoute:
        routeId: lane-%d
        routeTemplateRef: folder-lane
        parameters:
          - name: directory
            value: "%s"
          - name: connectionId
            value: "%s"
    """
        .formatted(lane, drop, connection(lane));
  }

  /** Runs until all folders are empty; returns how long it was down midway, in seconds. */
  private double drain(Path folder, String url, Midway midway) throws Exception {
    Process run = start(folder, url);
    double down = 0;
    boolean done = midway == Midway.NOTHING;
    try {
      while (left(folder) > 0) {
        if (!run.isAlive()) {
          throw new IllegalStateException("mediadrop has ended: see " + folder.resolve("out.txt"));
        }
        if (!done && left(folder) <= lanes * files / 2) {
          done = true;
          long since = System.nanoTime();
          end(run, midway == Midway.KILL);
          long before = calls(folder);
          run = start(folder, url);
          while (calls(folder) == before && System.nanoTime() - since < 60e9) {
            TimeUnit.MILLISECONDS.sleep(50);
          }
          down = (System.nanoTime() - since) / 1e9;
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } finally {
      end(run, false);
    }
    return down;
  }

  private static void end(Process run, boolean kill) throws InterruptedException {
    if (kill) {
      run.destroyForcibly();
    } else {
      run.destroy();
    }
    run.waitFor();
  }

  private Process start(Path folder, String url) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("distribution") + "/bin/mediadrop");
    command.addAll(List.of("run", "--home", folder.resolve("home").toString()));
    command.addAll(List.of("--config", folder.resolve("config").toString()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("mediadrop.api.base-url", url);
    settings.put("mediadrop.rate.per-minute", String.valueOf(rate));
    settings.put("mediadrop.rate.burst", String.valueOf(burst));
    settings.put("mediadrop.drop.settle", "1s");
    // a file whose answer a kill has swallowed is asked for within the run
    settings.put("mediadrop.doubt.wait", "5s");
    settings.putAll(set);
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MEDIADROP_"));
    String key = baseUrl == null ? KEY : System.getenv("BENCH_API_KEY");
    builder.environment().put("MEDIADROP_API_KEY", key);
    builder
        .environment()
        .put(
            "JAVA_OPTS",
            "-Dlogback.configurationFile=%s/calls.xml -Dcalls=%s"
                .formatted(System.getProperty("bench"), folder.resolve("calls.txt")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.txt").toFile()));
    return builder.start();
  }

  private long left(Path folder) throws IOException {
    long left = 0;
    for (int lane = 1; lane <= lanes; lane++) {
      try (DirectoryStream<Path> drop =
          Files.newDirectoryStream(folder.resolve("drop/" + lane), "*.jpg")) {
        for (Path file : drop) {
          left++;
        }
      }
    }
    return left;
  }

  private static long calls(Path folder) throws IOException {
    Path calls = folder.resolve("calls.txt");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  private void report(Path folder, Sandbox sandbox, Situation situation, double down)
      throws IOException {
    double left = situation.empty ? 0 : burst;
    double least = (2.0 * files - left) * 60 / rate;
    for (int lane = 1; lane <= lanes; lane++) {
      Span span = byClient(folder, "lane-" + lane);
      double ratio = span.seconds() / least;
      double refused = 100.0 * span.refused() / span.calls();
      long failed = count(folder.resolve("home/failed/lane-" + lane));
      long archived = count(folder.resolve("home/archive/lane-" + lane));
      ratios.add(ratio);
      good &= ratio <= 1.03 && refused <= 1 && failed == 0 && archived == files;
      System.out.printf(
          Locale.ROOT,
          "%-20s %-4d %6d %5d %6.2f %7.2f %7.2f %6.3f %7s %6d %6.1f%n",
          situation.title(),
          lane,
          span.calls(),
          span.refused(),
          refused,
          span.seconds(),
          least,
          ratio,
          sandbox == null
              ? "-"
              : String.format(Locale.ROOT, "%.3f", bySandbox(sandbox, lane).seconds() / least),
          failed,
          down);
    }
  }

  /** By the client's own log, whose lines are: end of the call, lane, kind, status, duration. */
  private static Span byClient(Path folder, String lane) throws IOException {
    double first = Double.MAX_VALUE;
    double last = 0;
    int calls = 0;
    int refused = 0;
    for (String line : Files.readAllLines(folder.resolve("calls.txt"))) {
      String[] words = line.split(" ");
      if (words[1].equals(lane)) {
        double end = Instant.parse(words[0]).toEpochMilli();
        first = Math.min(first, end - Double.parseDouble(words[4]));
        last = Math.max(last, end);
        calls++;
        refused += words[3].equals("429") ? 1 : 0;
      }
    }
    return new Span(calls, refused, (last - first) / 1000);
  }

  private Span bySandbox(Sandbox sandbox, int lane) {
    List<Call> calls =
        sandbox.calls().stream()
            .filter(call -> connection(lane).equals(call.connection()))
            .toList();
    long first = calls.stream().mapToLong(Call::startNanos).min().orElse(0);
    long last = calls.stream().mapToLong(Call::endNanos).max().orElse(0);
    int refused = (int) calls.stream().filter(call -> call.status() == 429).count();
    return new Span(calls.size(), refused, (last - first) / 1e9);
  }

  private static long count(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(".jpg")).count();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(folder)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
