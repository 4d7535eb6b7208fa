package bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs cases and writes down what came out. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures mediadrop and other uploaders in turns; the report is docs/performance.md.")
public final class Bench implements Callable<Integer> {

  private static final List<Case> CASES = List.of(new SmallFiles(), new SteadyState());

  private static final double QUICK = 0.005;

  @Parameters(paramLabel = "CASE", description = "What to measure; default: everything.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Say what can be measured.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "Few and small files, one round; the report goes to target/bench.")
  private boolean quick;

  @Option(names = "--scale", description = "Of the numbers and sizes of files; 1 for all.")
  private double scale = 1;

  @Option(names = "--peers", split = ",", description = "Who takes part, such as mediadrop,minimal.")
  private Set<String> peers = Set.of();

  @Option(names = "--rounds", description = "How often each program has its turn.")
  private int rounds;

  private final Path root = Path.of(System.getenv("ROOT"));

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      CASES.forEach(each -> System.out.printf("%-10s %s%n", each.name(), each.title()));
      return 0;
    }
    Path target = Files.createDirectories(root.resolve("target/bench"));
    Path docs = quick ? target.resolve("docs") : root.resolve("docs");
    try (Lab lab = new Lab(root, target.resolve("work"), quick ? QUICK : scale, peers)) {
      for (Case each : CASES) {
        if (names.isEmpty() || names.contains(each.name())) {
          measure(each, lab, docs);
        }
      }
    }
    return 0;
  }

  private void measure(Case each, Lab lab, Path docs) throws Exception {
    Measures measures = new Measures();
    int times = rounds > 0 ? rounds : quick ? 1 : each.rounds();
    for (int round = 1; round <= times; round++) {
      System.err.printf("%s, round %d of %d%n", each.title(), round, times);
      each.round(lab, measures);
      lab.nextTurn();
    }
    for (Measures.Series series : measures.all()) {
      System.out.printf(
          "  %-14s %-20s %s%n",
          series.of(), series.quantity(), Spread.of(measures.of(series).orElseThrow()));
    }
    for (Bound bound : each.bounds()) {
      bound
          .found(measures)
          .ifPresent(
              found ->
                  System.out.printf(
                      "  %-50s %-8s %-22s %s%n",
                      bound.what(), bound.required(), found, bound.met(found) ? "met" : "NOT met"));
    }
  }
}
