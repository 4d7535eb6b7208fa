package bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lanes cost that have nothing to do, as {@code bench/idle} finds. */
final class IdleLanes implements Case {

  private static final int LANES = 300;
  private static final int SECONDS = 30;
  private static final Pattern FOUND =
      Pattern.compile("idle lanes: ([0-9.]+) % of a core, (\\d+) threads");
  private static final String OF = LANES + " idle lanes";
  private static final String CPU = "% of a core";

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String title() {
    return "Idle lanes";
  }

  @Override
  public String about() {
    return """
    The processor time and the threads of a mediadrop with 300 lanes and nothing to do, over half
    a minute after half a minute of rest.\
    """;
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    Process idle =
        new ProcessBuilder(
                lab.root().resolve("bench/idle").toString(),
                "lanes",
                String.valueOf(LANES),
                String.valueOf(Math.max(2, lab.files(SECONDS * 100) / 100)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher found = FOUND.matcher(said);
    if (idle.waitFor() != 0 || !found.find()) {
      throw new PeerFailed("bench/idle has not said what it found, but: " + said);
    }
    measures.add(OF, CPU, Double.parseDouble(found.group(1)));
    measures.add(OF, "threads", Double.parseDouble(found.group(2)));
  }

  @Override
  public List<Bound> bounds() {
    return List.of();
  }

  @Override
  public String pictured() {
    return CPU;
  }
}
