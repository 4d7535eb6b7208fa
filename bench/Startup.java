import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
 * Measures the time from the start of the process to the first call for a file that waits in the
 * folder, beside a stock Camel route on the same jars, the two by turns.
 */
@Command(
    name = "bench/run startup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "From the start of the process to the first call for a waiting file.")
public final class Startup implements Callable<Integer> {

  private record Time(double wall, double cpu) {}

  @Option(names = "--runs", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--java-opts",
      description = "Repeatable: mediadrop again, with these JAVA_OPTS, such as -Xshare:off.")
  private List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--distribution",
      description = "Repeatable: mediadrop again, as it is built there.")
  private List<Path> distributions = new ArrayList<>();

  private final Path root = Path.of(System.getProperty("bench")).getParent();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Startup()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Map<String, ProcessBuilder> programs = new LinkedHashMap<>();
    Path built = Path.of(System.getProperty("distribution"));
    programs.put("stock", new ProcessBuilder(root + "/bench/peers/stock-camel/run"));
    programs.put("mediadrop", mediadrop(built));
    for (String options : javaOptions) {
      ProcessBuilder program = mediadrop(built);
      program.environment().put("JAVA_OPTS", options);
      programs.put(options, program);
    }
    for (Path distribution : distributions) {
      programs.put(distribution.toString(), mediadrop(distribution.toAbsolutePath()));
    }
    Map<String, List<Time>> times = new LinkedHashMap<>();
    for (int run = 0; run <= runs; run++) {
      for (String name : programs.keySet()) {
        Time time = measure(programs.get(name));
        // the first run of each warms the disk, and makes what later ones start from
        if (run > 0) {
          times.computeIfAbsent(name, any -> new ArrayList<>()).add(time);
        }
      }
    }
    report(times);
    return 0;
  }

  private static ProcessBuilder mediadrop(Path distribution) {
    return new ProcessBuilder(
        distribution + "/bin/mediadrop", "run", "--set", "mediadrop.drop.settle=0ms");
  }

  private Time measure(ProcessBuilder program) throws Exception {
    Path home = Files.createTempDirectory("startup");
    try (Sandbox sandbox = Sandbox.start()) {
      Path photo = Files.createDirectory(home.resolve("drop")).resolve("photo.jpg");
      Files.write(photo, photo());
      Files.setLastModifiedTime(photo, FileTime.from(Instant.now().minusSeconds(60)));
      environment(program.environment(), sandbox, home);
      program.redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile());
      long begun = System.nanoTime();
      Process process = program.start();
      try {
        Call first = firstCall(sandbox, process, home);
        double cpu = cpu(process);
        return new Time((first.startNanos() - begun) / 1e9, cpu);
      } finally {
        process.destroy();
        process.waitFor();
      }
    } finally {
      delete(home);
    }
  }

  private void environment(Map<String, String> environment, Sandbox sandbox, Path home) {
    environment.keySet().removeIf(name -> name.startsWith("MEDIADROP_"));
    environment.putAll(
        Map.of(
            "ROOT", root.toString(),
            "API", sandbox.baseUrl(),
            "KEY", Sandbox.KEY,
            "CONNECTION", Sandbox.CONNECTION,
            "MEDIA", home.toString(),
            "MEDIADROP_API_BASE_URL", sandbox.baseUrl(),
            "MEDIADROP_API_KEY", Sandbox.KEY,
            "MEDIADROP_API_CONNECTION_ID", Sandbox.CONNECTION,
            "MEDIADROP_HOME", home.toString()));
  }

  private static Call firstCall(Sandbox sandbox, Process process, Path home) throws Exception {
    while (true) {
      List<Call> calls = sandbox.calls();
      if (!calls.isEmpty()) {
        return calls.get(0);
      }
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(home.resolve("out.txt")));
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** Processor time of the process, user and system, and of what it has waited for, in seconds. */
  private static double cpu(Process process) throws IOException {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    String[] fields = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ");
    double ticks = 0;
    for (int field = 11; field < 15; field++) {
      ticks += Double.parseDouble(fields[field]);
    }
    return ticks / 100;
  }

  private static byte[] photo() {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    System.arraycopy(new byte[] {-1, -40, -1, -32, 0, 16, 'J', 'F', 'I', 'F', 0}, 0, bytes, 0, 11);
    bytes[bytes.length - 2] = -1;
    bytes[bytes.length - 1] = -39;
    return bytes;
  }

  private static void report(Map<String, List<Time>> times) {
    double wall = median(times.get("stock"), Comparator.comparing(Time::wall)).wall();
    double cpu = median(times.get("stock"), Comparator.comparing(Time::cpu)).cpu();
    System.out.printf("%8s %8s %6s %8s %8s %6s%n", "wall s", "least", "ratio", "cpu s", "least", "ratio");
    times.forEach(
        (name, own) -> {
          List<Time> byWall = own.stream().sorted(Comparator.comparing(Time::wall)).toList();
          List<Time> byCpu = own.stream().sorted(Comparator.comparing(Time::cpu)).toList();
          double itsWall = byWall.get(own.size() / 2).wall();
          double itsCpu = byCpu.get(own.size() / 2).cpu();
          System.out.printf(
              Locale.ROOT,
              "%8.2f %8.2f %6.2f %8.2f %8.2f %6.2f  %s%n",
              itsWall, byWall.get(0).wall(), itsWall / wall,
              itsCpu, byCpu.get(0).cpu(), itsCpu / cpu, name);
        });
  }

  private static Time median(List<Time> times, Comparator<Time> order) {
    return times.stream().sorted(order).toList().get(times.size() / 2);
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
