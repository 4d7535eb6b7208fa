package bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Photos that come while large videos are going. */
final class Mixed implements Case {

  private static final int PHOTOS = 10_000;
  private static final int VIDEOS = 2;
  private static final long HELD_TO = 100_000_000;

  /** Two minutes' worth, in which the photos have to be through. */
  private static final long VIDEO = 120 * HELD_TO;

  private static final String ALONE = "photos alone";
  private static final String BESIDE = "photos beside two videos";

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public String title() {
    return "Photos beside videos";
  }

  @Override
  public String about() {
    return """
    10,000 files of 100 kB are dropped into the folder of a running mediadrop that has nothing to
    do, and of one that is sending two videos, each of which the server takes at 100 MB/s. The
    throughput is that between the first call for a photo and the answer to the last one; the
    videos go on longer than that.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    int photos = lab.files(PHOTOS);
    try (Run run = lab.run().sampleAt(photos)) {
      run.start("mediadrop");
      photos(run, photos, ALONE, measures);
    }
    try (Run run = lab.run(Sink.WHOLE, HELD_TO).sampleAt(photos)) {
      for (int video = 1; video <= VIDEOS; video++) {
        run.video("video-" + video + ".mp4", VIDEO + video);
      }
      run.start("mediadrop");
      while (run.tally().firstOpened("video-1") == 0 || run.tally().firstOpened("video-2") == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
        if (!run.peer().isAlive()) {
          throw run.peer().failed("has ended");
        }
      }
      photos(run, photos, BESIDE, measures);
      if (run.tally().bytes.get() >= VIDEO) {
        throw run.peer().failed("was too slow: a video ended before the photos");
      }
    }
  }

  private static void photos(Run run, int count, String title, Measures measures) throws Exception {
    run.photos(count, SmallFiles.SIZE);
    Run.Sample end = run.await(count);
    double seconds = (end.time() - run.tally().firstOpened("IMG_")) / 1e9;
    measures.add(title, SmallFiles.RATE, count / seconds);
    end.usage().addTo(measures, title);
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atLeast(
            "throughput beside two videos ÷ alone",
            0.5,
            new Measures.Series(BESIDE, SmallFiles.RATE),
            new Measures.Series(ALONE, SmallFiles.RATE)),
        Bound.atMost("peak memory beside two videos, MB", 300, Usage.memoryOf(BESIDE), null));
  }

  @Override
  public String pictured() {
    return SmallFiles.RATE;
  }
}
