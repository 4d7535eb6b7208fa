package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that uploads, as {@code bench/peers/<name>/run} starts it, while it runs. */
final class Peer implements AutoCloseable {

  private final String name;
  private final Process process;
  private final Path log;

  private Peer(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param media the folder that has the files in drop/ and takes whatever the peer writes
   */
  static Peer start(Path root, String name, String api, Path media, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bench/peers/" + name + "/run").toString());
    command.addAll(arguments);
    Path log = media.resolveSibling(media.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(media.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("MEDIADROP_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "ROOT",
                root.toString(),
                "API",
                api,
                "KEY",
                "bench-key",
                "CONNECTION",
                "conn_bench",
                "MEDIA",
                media.toString()));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Peer(name, builder.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Usage usage() {
    return Usage.of(process.toHandle());
  }

  /** What to throw when the peer did not do what it was started for. */
  PeerFailed failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return new PeerFailed(
        "%s %s; its last words, of %s:%n%s"
            .formatted(
                name,
                what,
                log,
                String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()))));
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
