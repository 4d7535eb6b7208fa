package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Where programs have their turns: a sink, the files, and a fresh folder for every run. */
final class Lab implements AutoCloseable {

  private final Sink sink;
  private final Sink secureSink;
  private final Certificate certificate;
  private final Material material;
  private final Path root;
  private final Path work;
  private final double scale;
  private final Set<String> peers;
  private int runs;
  private int turn;

  /**
   * A lab.
   *
   * @param root of the project
   * @param work a folder of its own, on the disk that is measured
   * @param scale 1 for as many files, and as large ones, as the cases want
   * @param peers who takes part; empty for everybody
   */
  Lab(Path root, Path work, double scale, Set<String> peers)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.root = root;
    this.work = work;
    this.scale = scale;
    this.peers = peers;
    Material.delete(work);
    material = new Material(work.resolve("material"));
    sink = Sink.start(0);
    certificate = new Certificate(work.resolve("certificate"));
    secureSink = Sink.start(0, certificate.context());
  }

  Path root() {
    return root;
  }

  /** As many files, to scale. */
  int files(int number) {
    return (int) Math.max(20, number * scale);
  }

  /** As many bytes, to scale. */
  long bytes(long number) {
    return (long) (number * scale);
  }

  /** In every round another one is the first. */
  List<String> inTurns(String... names) {
    List<String> order = new ArrayList<>(List.of(names));
    order.removeIf(name -> !peers.isEmpty() && !peers.contains(name.split(" ")[0]));
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
    return run(sink, partSize, heldTo);
  }

  /** A run over TLS, in which every file goes up whole. */
  Run secureRun() throws IOException {
    return run(secureSink, Sink.WHOLE, Sink.UNHELD);
  }

  private Run run(Sink to, long partSize, long heldTo) throws IOException {
    Path media = work.resolve("run-" + ++runs);
    Files.createDirectories(media.resolve("drop"));
    return new Run(this, media, to.baseUrl(), to.reset(partSize, heldTo));
  }

  Material material() {
    return material;
  }

  /** What is to be trusted over TLS, as PEM. */
  Path certificate() {
    return certificate.pem();
  }

  @Override
  public void close() throws IOException {
    sink.close();
    secureSink.close();
    Material.delete(work);
  }
}
