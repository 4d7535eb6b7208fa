package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.cli.ShippedConfig;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** mediadrop in a JVM of its own, which can be killed. */
final class Child implements AutoCloseable {

  private final Process process;
  private final Path home;
  private final Path output;

  private Child(Process process, Path home, Path output) {
    this.process = process;
    this.home = home;
    this.output = output;
  }

  /** What a child is started with. */
  static final class Builder {

    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> properties = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private Path config = ShippedConfig.folder();

    private Builder(Path home) {
      this.home = home;
      set("mediadrop.drop.settle", "200ms");
      set("mediadrop.drop.poll", "50ms");
      set("mediadrop.rate.per-minute", "0");
      set("mediadrop.doubt.wait", "1s");
      set("mediadrop.retry.max-wait", "1s");
      set("mediadrop.pause.probe", "1s");
      set("mediadrop.disk.min-free", "1MiB");
      set("mediadrop.console.port", "0");
    }

    Builder set(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /** Takes lanes and secrets from this folder instead of the shipped one. */
    Builder config(Path folder) {
      config = folder;
      return this;
    }

    /** A system property of the child. */
    Builder property(String name, String value) {
      properties.add("-D" + name + "=" + value);
      return this;
    }

    /** A command that runs the child, such as a tracer with its options. */
    Builder under(String... command) {
      before.addAll(List.of(command));
      return this;
    }

    /** Lets it run until it is killed at this point; its ledger must be in order then. */
    void killedAt(String point, Sandbox sandbox) throws Exception {
      try (Child doomed = property(KillPoints.AT, point).start(sandbox)) {
        assertThat(doomed.awaitEnd(120)).as("%s%n%s", point, doomed.output()).isEqualTo(137);
      }
      assertThat(LedgerInvariants.violations(home)).isEmpty();
    }

    Child start(Sandbox sandbox) throws IOException {
      Files.createDirectories(home);
      Path output = home.resolveSibling(home.getFileName() + ".log");
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(
          List.of("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading"));
      command.addAll(properties);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(KillPoints.class.getName(), "run", "--home", home.toString()));
      command.addAll(List.of("--config", config.toString()));
      settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("MEDIADROP_API_BASE_URL", sandbox.baseUrl().toString());
      builder.environment().put("MEDIADROP_API_KEY", Sandbox.KEY);
      builder.environment().put("MEDIADROP_API_CONNECTION_ID", Sandbox.CONNECTION);
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      return new Child(builder.start(), home, output);
    }
  }

  /** A child on this home, with settings that make tests short. */
  static Builder on(Path home) {
    return new Builder(home);
  }

  /** Waits until the process has ended by itself; its exit code, or -1 if it has not in time. */
  int awaitEnd(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** Lets it run for this time; false if it has ended before. */
  boolean staysAliveFor(Duration time) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits while it lives, and asks again what its ledger cannot tell at the moment. */
  ConditionFactory patiently() {
    return Running.patiently()
        .failFast("the process has ended", () -> !isAlive())
        .ignoreExceptions();
  }

  /** Waits until so many files are archived. */
  void awaitFiled(int files, Duration patience) {
    patiently().atMost(patience).until(() -> filed() == files);
  }

  /** Waits until so many files are archived and everything is told. */
  void awaitDrained(int files, Duration patience) {
    patiently().atMost(patience).until(() -> filed() == files && undelivered() == 0);
  }

  private int filed() throws SQLException {
    return LedgerInvariants.count(home, "SELECT COUNT(*) FROM drops WHERE state = 'FILED'");
  }

  /** How many deliveries are still open, by its ledger. */
  int undelivered() throws SQLException {
    return LedgerInvariants.count(home, "SELECT COUNT(*) FROM outbox");
  }

  /** What the child's threads are doing, for a failure's message. */
  String threads() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process dump = new ProcessBuilder(jcmd, "" + process.pid(), "Thread.print").start();
    return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What the child has written, for a failure's message. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Kills it without any chance to clean up. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
