package bench;

import java.util.List;
import picocli.CommandLine;

/** The short form of {@code bench/run drain}. */
final class DrainRatio implements Case {

  private static final int FILES = 200;
  private static final int BURST = 90;
  private static final double PROMISED = 1.03;
  private static final String RATIO = "time ÷ the least possible";
  private static final List<Drain.Situation> SITUATIONS =
      List.of(Drain.Situation.EPOCH, Drain.Situation.NO_HEADERS);

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public String title() {
    return "Up to the rate limit";
  }

  @Override
  public String about() {
    return """
    Three lanes of 200 small files each, against a server that grants each connection 600 calls
    a minute and a burst of 90: the time from a lane's first call to its last answer, divided by
    the least that the limit makes possible. `bench/run drain --help` has more situations.\
    """;
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public void round(Lab lab, Measures measures) {
    int files = Math.max(BURST, lab.files(FILES)); // fewer would never meet the limit
    for (Drain.Situation situation : SITUATIONS) {
      Drain drain = new Drain();
      new CommandLine(drain)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .execute("--files", String.valueOf(files), "--situation", situation.name());
      drain.ratios().forEach(ratio -> measures.add(title(situation), RATIO, ratio));
    }
  }

  private static String title(Drain.Situation situation) {
    return situation == Drain.Situation.NO_HEADERS
        ? "the server says nothing of its limit"
        : "the server says what is left";
  }

  @Override
  public List<Bound> bounds() {
    return SITUATIONS.stream()
        .map(
            situation ->
                Bound.atMost(
                    title(situation) + ": " + RATIO,
                    PROMISED,
                    new Measures.Series(title(situation), RATIO),
                    null))
        .toList();
  }

  @Override
  public String pictured() {
    return RATIO;
  }
}
