package bench;

import java.util.List;

/** Whether a larger file takes more memory. */
final class LargeMemory implements Case {

  private static final long SMALL = 1L << 30;
  private static final long LARGE = 8L << 30;
  private static final long PART = 5L << 20;

  /** Two runs of the same file differ by so much, since the heap grows by steps. */
  private static final double SAME = 1.2;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "Memory for large files";
  }

  @Override
  public String about() {
    return """
    The most memory that mediadrop's process had resident until a file of 1 GiB and one of 8 GiB
    had been answered, each sent whole and in 5 MiB parts, four in flight.\
    """;
  }

  @Override
  public void round(Lab lab, Measures measures) throws Exception {
    for (long size : List.of(SMALL, LARGE)) {
      for (long part : List.of(Sink.WHOLE, PART)) {
        try (Run run = lab.run(part, Sink.UNHELD).sampleAt(1)) {
          run.videoInMemory("video.mp4", lab.bytes(size));
          run.start("mediadrop", "mediadrop.upload.parts-in-flight=4");
          run.await(1).usage().addTo(measures, title(size, part));
        }
      }
    }
  }

  private static String title(long size, long part) {
    return (size >> 30) + " GiB, " + (part == PART ? "5 MiB parts" : "whole");
  }

  @Override
  public List<Bound> bounds() {
    return List.of(
        Bound.atMost("8 GiB whole: peak memory, MB", 300, of(LARGE, Sink.WHOLE), null),
        Bound.atMost("8 GiB in parts: peak memory, MB", 300, of(LARGE, PART), null),
        Bound.atMost(
            "whole: peak memory of 8 GiB ÷ of 1 GiB",
            SAME,
            of(LARGE, Sink.WHOLE),
            of(SMALL, Sink.WHOLE)),
        Bound.atMost(
            "parts: peak memory of 8 GiB ÷ of 1 GiB", SAME, of(LARGE, PART), of(SMALL, PART)));
  }

  private static Measures.Series of(long size, long part) {
    return Usage.memoryOf(title(size, part));
  }

  @Override
  public String pictured() {
    return Usage.memoryOf("").quantity();
  }
}
