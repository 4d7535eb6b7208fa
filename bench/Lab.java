package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where programs have their turns: a sink, the files, and a fresh folder for every run. */
final class Lab implements AutoCloseable {

  private final Sink sink;
  private final Material material;
  private final Path root;
  private final Path work;
  private final boolean quick;
  private int runs;
  private int turn;

  /**
   * A lab.
   *
   * @param root of the project
   * @param work a folder of its own, on the disk that is measured
   * @param quick for few and small files
   */
  Lab(Path root, Path work, boolean quick) throws IOException {
    this.root = root;
    this.work = work;
    this.quick = quick;
    Material.delete(work);
    material = new Material(work.resolve("material"));
    sink = Sink.start(0);
  }

  Path root() {
    return root;
  }

  /** As many files, or a two-hundredth of them in a quick lab. */
  int files(int number) {
    return quick ? Math.max(20, number / 200) : number;
  }

  /** As many bytes, or a sixty-fourth of them in a quick lab. */
  long bytes(long number) {
    return quick ? number / 64 : number;
  }

  boolean isQuick() {
    return quick;
  }

  /** In every round another one is the first. */
  List<String> inTurns(String... peers) {
    List<String> order = new ArrayList<>(List.of(peers));
    Collections.rotate(order, -turn);
    return order;
  }

  void nextTurn() {
    turn++;
  }

  /** A run in which every file goes up whole. */
  Run run() throws IOException {
    return run(Sink.WHOLE, Sink.UNHELD);
  }

  /** A run with the sink's part size, and bytes per second that large contents are held to. */
  Run run(long partSize, long heldTo) throws IOException {
    Path media = work.resolve("run-" + ++runs);
    Files.createDirectories(media.resolve("drop"));
    return new Run(this, media, sink.reset(partSize, heldTo));
  }

  Material material() {
    return material;
  }

  String api() throws IOException {
    return sink.baseUrl();
  }

  @Override
  public void close() throws IOException {
    sink.close();
    Material.delete(work);
  }
}
