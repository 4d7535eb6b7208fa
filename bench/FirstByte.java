package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How soon a running mediadrop calls for a file that was dropped. */
final class FirstByte implements Case {

  private static final int FILES = 30;
  private static final int LONGEST_PAUSE = 700;
  private static final double SETTLE = 5000;
  private static final double POLL = 500;
  private static final String DELAY = "delay, ms";
  private static final String WATCHED = "folder watched";
  private static final String UNWATCHED = "folder not watched";

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "From the drop to the first byte";
  }

  @Override
  public String about() {
    return """
    Photos are moved one by one, at random times, into the folder of a running mediadrop. The
    delay is the time from the move to the first byte of the call that opens the upload, less
    `mediadrop.drop.settle`; on a disk that the system watches, and where it grants no watch, as
    on a network share.\
    """;
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    measure(lab, "mediadrop", WATCHED, measures);
    measure(lab, "mediadrop-unwatched", UNWATCHED, measures);
  }

  private static void measure(Lab lab, String peer, String title, Measures measures)
      throws Exception {
    Random random = new Random(FILES);
    Map<String, Long> dropped = new HashMap<>();
    try (Run run = lab.run()) {
      run.photos(1, SmallFiles.SIZE).start(peer).await(1); // photo 0; it runs, and has called
      Path staged = Files.createDirectory(run.media().resolve("staged"));
      lab.material().photos(staged, 1, 1 + FILES, SmallFiles.SIZE);
      for (int file = 1; file <= FILES; file++) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE));
        dropped.put(Material.photo(file), drop(staged.resolve(Material.photo(file)), run.drop()));
      }
      run.await(1 + FILES);
      dropped.forEach(
          (name, time) ->
              measures.add(title, DELAY, (run.tally().firstOpened(name) - time) / 1e6 - SETTLE));
    }
  }

  private static long drop(Path file, Path drop) throws IOException {
    Files.move(file, drop.resolve(file.getFileName()));
    return System.nanoTime();
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atMost(
            "delay, folder watched, ms", POLL / 2, new Measures.Series(WATCHED, DELAY), null),
        Bound.atMost(
            "delay, folder not watched, ms",
            POLL * 2,
            new Measures.Series(UNWATCHED, DELAY),
            null));
  }

  @Override
  public String pictured() {
    return DELAY;
  }
}
