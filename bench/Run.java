package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One program's turn: a folder with files, and what it took to upload them. */
final class Run implements AutoCloseable {

  /** What a program had cost when the sink had so many files of it. */
  record Sample(long time, Usage usage) {

    double secondsSince(Sample earlier) {
      return (time - earlier.time) / 1e9;
    }

    double cpuSince(Sample earlier) {
      return usage.cpu() - earlier.usage.cpu();
    }
  }

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Lab lab;
  private final Path media;
  private final String api;
  private final Tally tally;
  private final Map<Long, Sample> samples = new ConcurrentHashMap<>();
  private volatile Peer peer;
  private long started;

  Run(Lab lab, Path media, String api, Tally tally) {
    this.lab = lab;
    this.media = media;
    this.api = api;
    this.tally = tally;
  }

  Path media() {
    return media;
  }

  Path drop() {
    return media.resolve("drop");
  }

  Tally tally() {
    return tally;
  }

  Peer peer() {
    return peer;
  }

  /** Puts photos into the folder. */
  Run photos(int count, int size) throws IOException {
    lab.material().photos(drop(), 0, count, size);
    return this;
  }

  /** Puts a video into the folder. */
  Run video(String name, long size) throws IOException {
    lab.material().video(drop(), name, size);
    return this;
  }

  /** Puts a video into the folder, and into the memory. */
  Run videoInMemory(String name, long size) throws IOException {
    video(name, size);
    Material.remember(drop().resolve(name));
    return this;
  }

  /** Will note the cost when the sink has so many files. */
  Run sampleAt(long files) {
    tally.marks.put(files, () -> samples.put(files, new Sample(System.nanoTime(), peer.usage())));
    return this;
  }

  /** Starts the program; {@code name} is its folder, and its arguments after blanks. */
  Run start(String name, String... settings) throws IOException {
    List<String> words = new ArrayList<>(List.of(name.split(" ")));
    String script = words.remove(0);
    if (script.startsWith("mediadrop")) {
      words.addAll(List.of("--set", "mediadrop.lane.concurrency=8"));
    }
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    started = System.nanoTime();
    peer = Peer.start(lab.root(), script, api, media, words);
    return this;
  }

  long started() {
    return started;
  }

  /** Waits until the sink has so many files; what that took if {@link #sampleAt} was told. */
  Sample await(long files) throws PeerFailed, IOException, InterruptedException {
    if (!tally.await(files, peer, LONGEST)) {
      throw peer.failed("has sent " + tally.files + " of " + files + " files");
    }
    Sample sample = samples.get(files);
    return sample == null ? new Sample(System.nanoTime(), peer.usage()) : sample;
  }

  Sample sample(long files) {
    return samples.get(files);
  }

  /**
   * Waits until mediadrop has filed, archived and announced every file; seconds since the first
   * call.
   */
  double awaitPublished(long files) throws Exception {
    if (!Published.await(media, LONGEST)) {
      throw peer.failed("has not published everything");
    }
    if (tally.files.get() != files) {
      throw peer.failed("has sent " + tally.files + " instead of " + files + " files");
    }
    return (System.nanoTime() - tally.firstCall.get()) / 1e9;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (peer != null) {
      peer.close();
    }
    Material.delete(media);
    Material.settle();
  }
}
