package io.mediadrop.cli;

import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** mediadrop in a process of its own, started by the launcher script as a person would. */
final class Launched implements AutoCloseable {

  /** The distribution that was built. */
  static final Path DISTRIBUTION =
      Path.of(System.getProperty("distribution", "target/mediadrop-0.1.0")).toAbsolutePath();

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Collects how the script is to be called. */
  static final class Builder {

    private final Path script;
    private final Path logs;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path workingDirectory;
    private final List<String> before = new ArrayList<>();

    private Builder(Path script, Path logs) {
      this.script = script;
      this.logs = logs;
      this.workingDirectory = logs;
    }

    Builder in(Path folder) {
      workingDirectory = folder;
      return this;
    }

    Builder with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    Builder without(String variable) {
      environment.remove(variable);
      return this;
    }

    /** Takes from root what would let it read what nobody may. */
    Builder withoutRootsRights() {
      if (System.getProperty("user.name").equals("root")) {
        before.addAll(
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"));
      }
      return this;
    }

    /** Points it to a sandbox, with settings that make tests short. */
    Builder against(Sandbox sandbox) {
      return with("MEDIADROP_API_BASE_URL", sandbox.baseUrl().toString())
          .with("MEDIADROP_API_KEY", Sandbox.KEY)
          .with("MEDIADROP_API_CONNECTION_ID", Sandbox.CONNECTION)
          .with("MEDIADROP_DROP_SETTLE", "300ms")
          .with("MEDIADROP_DROP_POLL", "50ms")
          .with("MEDIADROP_CONSOLE_PORT", "0");
    }

    Launched start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(script.toString());
      command.addAll(List.of(arguments));
      Path out = Files.createTempFile(logs, "out", ".txt");
      Path err = Files.createTempFile(logs, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingDirectory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MEDIADROP_"));
      builder.environment().putAll(environment);
      return new Launched(builder.start(), out, err);
    }
  }

  /** The script of the distribution; its output goes to files in this folder. */
  static Builder distribution(Path logs) {
    return script(DISTRIBUTION.resolve("bin/mediadrop"), logs);
  }

  static Builder script(Path script, Path logs) {
    return new Builder(script, logs);
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said this. */
  Launched awaitSaid(String text) {
    Running.patiently()
        .failFast("it ended before it said: " + text, () -> ended() && !out().contains(text))
        .until(() -> out().contains(text));
    return this;
  }

  /** Whether it runs no more. */
  boolean ended() {
    return !process.isAlive();
  }

  /** Asks it to stop, as a service manager does. */
  Launched terminate() {
    process.destroy();
    return this;
  }

  /** Waits for its end. */
  int exitCode() {
    Awaitility.await().atMost(90, TimeUnit.SECONDS).until(this::ended);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
