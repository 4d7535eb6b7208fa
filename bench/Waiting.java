package bench;

import java.util.List;

/** A hundred thousand files in one folder. */
final class Waiting implements Case {

  private static final int FILES = 100_000;
  private static final int SIZE = 10_000;

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String title() {
    return "A backlog of 100,000 files";
  }

  @Override
  public String about() {
    return """
    100,000 files of 10 kB lie in one folder; the figures are those of 10,000 photos.\
    """;
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    int files = lab.files(FILES);
    try (Run run = lab.run().photos(files, SIZE).sampleAt(files).start("mediadrop")) {
      Usage usage = run.await(files).usage();
      measures.add("mediadrop", SmallFiles.RATE, files / run.tally().seconds());
      measures.add("mediadrop", SmallFiles.UPLOADED, run.tally().seconds());
      usage.addTo(measures, "mediadrop");
    }
  }

  @Override
  public List<Bound> bounds() {
    return List.of();
  }

  @Override
  public String pictured() {
    return SmallFiles.RATE;
  }
}
