package bench;

import java.util.List;

/** From the start of the process to the first byte for a file that waits. */
final class StartUp implements Case {

  private static final double SETTLE = 5;
  private static final String TIME = "start to first byte, s";
  private static final String STOCK = "camel none";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "Start";
  }

  @Override
  public String about() {
    return """
    One photo waits in the folder. The time is that from the start of the process to the first
    byte of the call that opens the upload, for mediadrop less `mediadrop.drop.settle`.\
    """;
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    for (String peer : lab.inTurns("mediadrop", STOCK)) {
      try (Run run = lab.run().photos(1, SmallFiles.SIZE).sampleAt(1).start(peer)) {
        Usage usage = run.await(1).usage();
        double seconds = (run.tally().firstOpened("IMG_") - run.started()) / 1e9;
        measures.add(peer, TIME, peer.equals("mediadrop") ? seconds - SETTLE : seconds);
        usage.addTo(measures, peer);
      }
    }
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atMost(
            "start to first byte ÷ stock Camel's",
            1.3,
            new Measures.Series("mediadrop", TIME),
            new Measures.Series(STOCK, TIME)));
  }

  @Override
  public String pictured() {
    return TIME;
  }
}
