package bench;

import java.util.List;

/** One file of 4 GiB over TLS, on one connection. */
final class SecureFile implements Case {

  private static final long SIZE = 4L << 30;
  private static final String NAME = "video.mp4";
  private static final String RATE = "MB/s";
  private static final String CURL = "curl -T over TLS";

  @Override
  public String name() {
    return "tls";
  }

  @Override
  public String title() {
    return "One file of 4 GiB over TLS";
  }

  @Override
  public String about() {
    return """
    The file is in memory when a program begins with it, and goes up whole, on one connection
    with TLS, to a server written in Java, which may take most of a processor itself. The
    throughput is taken between the first byte of the PUT and the answer. *off* and *md5* are
    `mediadrop.checksum`.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    long size = lab.bytes(SIZE);
    for (String peer : lab.inTurns("curl", "mediadrop off", "mediadrop md5")) {
      String[] words = peer.split(" ");
      String title = words.length == 1 ? CURL : "mediadrop, " + words[1];
      try (Run run = lab.secureRun().videoInMemory(NAME, size).sampleAt(1)) {
        if (words.length == 1) {
          run.start("curl --large drop/" + NAME + " --cacert " + lab.certificate());
        } else {
          run.start(
              words[0],
              "mediadrop.checksum=" + words[1],
              "mediadrop.http.truststore=" + lab.certificate());
        }
        Usage usage = run.await(1).usage();
        measures.add(title, RATE, size / 1e6 / run.tally().contentSeconds());
        usage.addTo(measures, title);
      }
    }
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atLeast(
            "no checksum: throughput ÷ that of curl -T",
            0.7,
            new Measures.Series("mediadrop, off", RATE),
            new Measures.Series(CURL, RATE)));
  }

  @Override
  public String pictured() {
    return RATE;
  }
}
