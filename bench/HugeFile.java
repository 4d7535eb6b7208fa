package bench;

import java.util.List;
import java.util.Map;

/** One file of 4 GiB, whole and in parts, with a checksum and without. */
final class HugeFile implements Case {

  private static final long SIZE = 4L << 30;
  private static final String NAME = "video.mp4";
  private static final String RATE = "MB/s";
  private static final String CURL = "curl -T";
  private static final String HASHED_CURL = "md5sum, then curl -T";

  private static final Map<String, Long> PLANS =
      Map.of("whole", Sink.WHOLE, "5 MiB parts", 5L << 20, "64 MiB parts", 64L << 20);
  private static final List<String> ORDER = List.of("whole", "5 MiB parts", "64 MiB parts");

  @Override
  public String name() {
    return "huge";
  }

  @Override
  public String title() {
    return "One file of 4 GiB";
  }

  @Override
  public String about() {
    return """
    The file is in memory when a program begins with it. The throughput is taken between the
    first byte of the first PUT and the last answer, with parts that of *complete*; *md5sum, then
    curl -T* counts from the start of md5sum. Four parts are in flight. *off* and *md5* are
    `mediadrop.checksum`.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    long size = lab.bytes(SIZE);
    for (String peer : lab.inTurns("curl --large", "curl --md5sum-first", "mediadrop")) {
      if (peer.equals("mediadrop")) {
        for (String plan : ORDER) {
          for (String checksum : List.of("off", "md5")) {
            upload(lab, measures, size, plan, checksum);
          }
        }
      } else {
        curl(lab, measures, size, peer);
      }
    }
  }

  private static void curl(Lab lab, Measures measures, long size, String peer) throws Exception {
    boolean hashes = peer.endsWith("--md5sum-first");
    String title = hashes ? HASHED_CURL : CURL;
    try (Run run = lab.run().videoInMemory(NAME, size).sampleAt(1).start(peer + " drop/" + NAME)) {
      Usage usage = run.await(1).usage();
      Tally tally = run.tally();
      double whole = (tally.lastAnswer() - run.started()) / 1e9;
      measures.add(title, RATE, size / 1e6 / (hashes ? whole : tally.contentSeconds()));
      usage.addTo(measures, title);
    }
  }

  private static void upload(Lab lab, Measures measures, long size, String plan, String checksum)
      throws Exception {
    try (Run run = lab.run(PLANS.get(plan), Sink.UNHELD).videoInMemory(NAME, size).sampleAt(1)) {
      run.start(
          "mediadrop", "mediadrop.checksum=" + checksum, "mediadrop.upload.parts-in-flight=4");
      Usage usage = run.await(1).usage();
      Measures.Series series = series(plan, checksum);
      measures.add(series.of(), RATE, size / 1e6 / run.tally().contentSeconds());
      usage.addTo(measures, series.of());
    }
  }

  private static Measures.Series series(String plan, String checksum) {
    return new Measures.Series("mediadrop, " + plan + ", " + checksum, RATE);
  }

  @Override
  public List<Bound> bounds() {
    Measures.Series curl = new Measures.Series(CURL, RATE);
    Measures.Series hashed = new Measures.Series(HASHED_CURL, RATE);
    return List.of(
        Bound.atLeast(
            "whole, no checksum: throughput ÷ that of curl -T", 0.85, series("whole", "off"), curl),
        Bound.atLeast(
            "whole, md5: throughput ÷ that of md5sum, then curl -T",
            1.3,
            series("whole", "md5"),
            hashed),
        Bound.atLeast(
            "5 MiB parts, no checksum: throughput ÷ that of curl -T",
            0.75,
            series("5 MiB parts", "off"),
            curl),
        Bound.atLeast(
            "5 MiB parts, md5: throughput ÷ that of md5sum, then curl -T",
            1,
            series("5 MiB parts", "md5"),
            hashed));
  }

  @Override
  public String pictured() {
    return RATE;
  }
}
