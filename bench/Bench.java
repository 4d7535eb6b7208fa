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
    description =
        "Measures mediadrop and other uploaders in turns. What came out is in docs/performance.md,"
            + " but that of a run which is quick, scaled or without some programs in"
            + " target/bench/docs.")
public final class Bench implements Callable<Integer> {

  private static final List<Case> CASES =
      List.of(
          new SmallFiles(),
          new SteadyState(),
          new HugeFile(),
          new SecureFile(),
          new Mixed(),
          new FirstByte(),
          new StartUp(),
          new Waiting(),
          new LargeMemory(),
          new IdleLanes(),
          new DrainRatio());

  private static final double QUICK = 0.005;

  private static final String OTHERS =
      """

      Only when asked for, and not in the report:
      bench/run drain [--help]               rate limits in many situations
      bench/run sink [port [part size]]      the server alone, for a try by hand
      bench/idle scans                       how long a look through a large folder takes
      bench/outbox                           whether sick endpoints slow uploads down
      bench/faults                           what uploaders lose when they are killed: docs/peers.md
      """;

  @Parameters(paramLabel = "CASE", description = "What to measure; default: everything.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Say what can be measured.")
  private boolean list;

  @Option(names = "--report", description = "Measure nothing, only write the report anew.")
  private boolean report;

  @Option(names = "--quick", description = "Few and small files, one round.")
  private boolean quick;

  @Option(names = "--scale", description = "Of the numbers and sizes of files; 1 for all.")
  private double scale = 1;

  @Option(
      names = "--peers",
      split = ",",
      description = "Who takes part, such as mediadrop,minimal.")
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
      System.out.print(OTHERS);
      return 0;
    }
    Path target = Files.createDirectories(root.resolve("target/bench"));
    boolean whole = !quick && scale == 1 && peers.isEmpty();
    Report written = new Report(whole ? root.resolve("docs") : target.resolve("docs"));
    int failed = 0;
    if (!report) {
      double size = quick ? QUICK : scale;
      try (Lab lab = new Lab(root, target.resolve("work"), size, peers)) {
        for (Case each : chosen()) {
          failed += measure(each, lab, written) ? 0 : 1;
        }
      }
    }
    written.write(whole ? CASES : chosen());
    return failed == 0 ? 0 : 1;
  }

  private List<Case> chosen() {
    List<String> known = CASES.stream().map(Case::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandLine.ParameterException(
            new CommandLine(this), "There is no case '" + name + "'; there are " + known);
      }
    }
    return CASES.stream().filter(each -> names.isEmpty() || names.contains(each.name())).toList();
  }

  /** False if a program did not do what it was started for: the other cases are measured still. */
  private boolean measure(Case what, Lab lab, Report written) throws Exception {
    Measures measures = new Measures();
    int times = rounds > 0 ? rounds : quick ? 1 : what.rounds();
    try {
      for (int round = 1; round <= times; round++) {
        System.err.printf("bench: %s, round %d of %d%n", what.name(), round, times);
        what.round(lab, measures);
        lab.nextTurn();
      }
    } catch (PeerFailed e) {
      System.err.println("bench: " + what.name() + ": " + e.getMessage());
      return false;
    }
    print(what, measures);
    written.add(what, measures);
    return true;
  }

  private static void print(Case what, Measures measures) {
    System.out.println(what.title());
    for (Measures.Series series : measures.all()) {
      System.out.printf(
          "  %-30s %-24s %s%n",
          series.of(), series.quantity(), Spread.of(measures.of(series).orElseThrow()));
    }
    for (Bound bound : what.bounds()) {
      bound
          .found(measures)
          .ifPresent(
              found ->
                  System.out.printf(
                      "  %-55s %s: %s, %s%n",
                      bound.what(), bound.required(), found, bound.met(found) ? "met" : "NOT met"));
    }
  }
}
