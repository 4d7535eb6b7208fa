package bench;

import java.util.List;

/** Fifty thousand photos, the first fifth of which only warms the programs up. */
final class SteadyState implements Case {

  private static final int WARM = 10_000;
  private static final int FILES = 50_000;
  private static final String CPU = "CPU per file, ms";

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public String title() {
    return "Steady state";
  }

  @Override
  public String about() {
    return """
    50,000 files of 100 kB lie in one folder. Throughput and processor time per file are taken
    between the answers to the 10,000th and to the last upload, when Java has compiled what
    there is to compile. mediadrop files, archives and announces at the same time.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    int warm = lab.files(WARM);
    int files = lab.files(FILES);
    for (String peer : lab.inTurns("mediadrop", "minimal", "raw")) {
      try (Run run =
          lab.run().photos(files, SmallFiles.SIZE).sampleAt(warm).sampleAt(files).start(peer)) {
        Run.Sample end = run.await(files);
        Run.Sample begin = run.sample(warm);
        measures.add(peer, SmallFiles.RATE, (files - warm) / end.secondsSince(begin));
        measures.add(peer, CPU, 1000 * end.cpuSince(begin) / (files - warm));
        end.usage().addTo(measures, peer);
      }
    }
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atLeast(
            "throughput ÷ minimal's",
            0.8,
            new Measures.Series("mediadrop", SmallFiles.RATE),
            new Measures.Series("minimal", SmallFiles.RATE)),
        Bound.atMost(
            "CPU per file ÷ minimal's",
            1.6,
            new Measures.Series("mediadrop", CPU),
            new Measures.Series("minimal", CPU)),
        Bound.atMost("peak memory, MB", 300, Usage.memoryOf("mediadrop"), null),
        Bound.atLeast(
            "minimal's throughput ÷ raw's, so that it is not slow by accident",
            0.5,
            new Measures.Series("minimal", SmallFiles.RATE),
            new Measures.Series("raw", SmallFiles.RATE)));
  }

  @Override
  public String pictured() {
    return CPU;
  }
}
