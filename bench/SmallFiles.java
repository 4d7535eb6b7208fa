package bench;

import java.util.List;

/** Ten thousand photos at once, to the last answer, and to the last item archived and announced. */
final class SmallFiles implements Case {

  static final int SIZE = 100_000;
  static final String RATE = "files/s";
  private static final int FILES = 10_000;
  static final String UPLOADED = "uploaded, s";
  private static final String PUBLISHED = "published, s";
  private static final String NONE = "camel none";
  private static final String CHANGED = "camel changed";

  @Override
  public String name() {
    return "small";
  }

  @Override
  public String title() {
    return "Ten thousand photos";
  }

  @Override
  public String about() {
    return """
    10,000 files of 100 kB lie in one folder. *uploaded* is the time from the first call to the
    answer to the last upload, *published* the time from the first call until the originals, the
    receipts and the items are in the archive and every file has been announced; the processor
    time and the memory are those of the program's process when the last upload was answered,
    its start included. *raw* makes the same calls without reading a file: it shows what the
    server of this measurement can take. *curl* and *rclone* open no sessions; *curl* makes one
    call per file.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    int files = lab.files(FILES);
    for (String peer :
        lab.inTurns("mediadrop", "minimal", NONE, CHANGED, "rclone", "curl", "raw")) {
      try (Run run = lab.run().photos(files, SIZE).sampleAt(files).start(peer)) {
        Usage usage = run.await(files).usage();
        measures.add(peer, RATE, files / run.tally().seconds());
        measures.add(peer, UPLOADED, run.tally().seconds());
        if (peer.equals("mediadrop")) {
          measures.add(peer, PUBLISHED, run.awaitPublished(files));
          Usage whole = run.peer().usage();
          measures.add(peer, "CPU until published, s", whole.cpu());
          usage = new Usage(usage.cpu(), whole.memory());
        }
        usage.addTo(measures, peer);
      }
    }
  }

  @Override
  public List<Bound> bounds() {
    Measures.Series ours = new Measures.Series("mediadrop", RATE);
    return List.of(
        Bound.atLeast("throughput ÷ minimal's", 0.8, ours, new Measures.Series("minimal", RATE)),
        Bound.atLeast(
            "throughput ÷ stock Camel's with readLock=none",
            1.8,
            ours,
            new Measures.Series(NONE, RATE)),
        Bound.atLeast("throughput ÷ rclone's", 1, ours, new Measures.Series("rclone", RATE)),
        Bound.atMost(
            "time until published ÷ until uploaded",
            1.8,
            new Measures.Series("mediadrop", PUBLISHED),
            new Measures.Series("mediadrop", UPLOADED)),
        Bound.atMost("peak memory, MB", 300, Usage.memoryOf("mediadrop"), null));
  }

  @Override
  public String pictured() {
    return RATE;
  }
}
