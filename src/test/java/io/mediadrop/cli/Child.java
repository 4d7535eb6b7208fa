package io.mediadrop.cli;

import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** mediadrop in a Java of its own, on a home of its own. */
final class Child implements AutoCloseable {

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code run} with options for Java, the secrets, and settings as {@code key=value}. */
  static Child run(
      Path home, Sandbox sandbox, List<String> java, String key, String connection, String... set)
      throws IOException {
    return inLocale("C.UTF-8", home, sandbox, java, key, connection, set);
  }

  /** The same in another locale, in whose encoding Java reads the names of files. */
  static Child inLocale(
      String locale,
      Path home,
      Sandbox sandbox,
      List<String> java,
      String key,
      String connection,
      String... set)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.mediadrop.cli.Mediadrop", "run", "--home", home.toString()));
    List<String> settings = new ArrayList<>(List.of(set));
    settings.add("mediadrop.drop.settle=300ms");
    settings.add("mediadrop.drop.poll=50ms");
    settings.add("mediadrop.rate.per-minute=0");
    settings.add("mediadrop.console.port=0");
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    Path output = Files.createTempFile("mediadrop-child", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "MEDIADROP_API_BASE_URL", sandbox.baseUrl(),
                "MEDIADROP_API_KEY", key,
                "MEDIADROP_API_CONNECTION_ID", connection));
    builder.environment().put("LC_ALL", locale);
    if (settings.stream().anyMatch(setting -> setting.startsWith("mediadrop.notify.uri=http"))) {
      builder.environment().put("MEDIADROP_NOTIFY_SECRET", Secret.WEBHOOK.value());
    }
    return new Child(builder.start(), output);
  }

  /** All that it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The processor time that it has taken. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Ends it as a person would, and waits for that. */
  void stop() {
    process.destroy();
    try {
      process.onExit().orTimeout(40, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      process.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    Files.deleteIfExists(output);
  }
}
